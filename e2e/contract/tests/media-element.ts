import { contracts } from '../contract-test.js';
import { equal, nameOf, rejects, show } from '../page/expectations.js';

/** Calls with what TypeScript would not let through. */
function call(video: HTMLMediaElement, ...parameters: readonly unknown[]): Promise<unknown> {
  return Reflect.apply(video.setMediaKeys.bind(video), video, parameters);
}

export const mediaElementContracts = [
  ...contracts('setMediaKeys()', {
    'an element has no media keys at first': (environment) => {
      equal(environment.createVideo().mediaKeys, null, 'mediaKeys');
      return Promise.resolve();
    },
    'an element has the media keys that it was given': async (environment) => {
      const video = environment.createVideo();
      const mediaKeys = await environment.createMediaKeys();
      equal(await video.setMediaKeys(mediaKeys), undefined, 'value');
      equal(video.mediaKeys === mediaKeys, true, 'the same object');
      equal(video.mediaKeys === video.mediaKeys, true, 'the same object each time');
    },
    'an element has its media keys when the promise is fulfilled, and not before': async (environment) => {
      const video = environment.createVideo();
      const mediaKeys = await environment.createMediaKeys();
      const setting = video.setMediaKeys(mediaKeys);
      equal(video.mediaKeys, null, 'mediaKeys before');
      await setting;
      equal(video.mediaKeys === mediaKeys, true, 'mediaKeys after');
    },
    'an element without media keys can be told to have none': async (environment) => {
      const video = environment.createVideo();
      equal(await video.setMediaKeys(null), undefined, 'value');
      equal(video.mediaKeys, null, 'mediaKeys');
    },
    'media keys can be taken away': async (environment) => {
      const video = environment.createVideo();
      await video.setMediaKeys(await environment.createMediaKeys());
      await video.setMediaKeys(null);
      equal(video.mediaKeys, null, 'mediaKeys');
    },
    'the same media keys again change nothing': async (environment) => {
      const video = environment.createVideo();
      const mediaKeys = await environment.createMediaKeys();
      await video.setMediaKeys(mediaKeys);
      equal(await video.setMediaKeys(mediaKeys), undefined, 'value');
      equal(video.mediaKeys === mediaKeys, true, 'the same object');
    },
    'media keys can be replaced while nothing plays': async (environment) => {
      const video = environment.createVideo();
      const [one, other] = [await environment.createMediaKeys(), await environment.createMediaKeys()];
      await video.setMediaKeys(one);
      await video.setMediaKeys(other);
      equal(video.mediaKeys === other, true, 'the second');
    },
    'what is not media keys is refused, by a promise': async (environment) => {
      const video = environment.createVideo();
      for (const parameters of [[], [{}], [1], ['keys'], [new Date(0)]]) {
        await rejects(() => call(video, ...parameters), 'TypeError', `setMediaKeys(${show(parameters[0])})`);
      }
      equal(video.mediaKeys, null, 'mediaKeys');
    },
    'media keys are not set while others are being set': async (environment) => {
      const video = environment.createVideo();
      const [one, other] = [await environment.createMediaKeys(), await environment.createMediaKeys()];
      const setting = video.setMediaKeys(one);
      await rejects(() => video.setMediaKeys(other), 'InvalidStateError', 'setMediaKeys() meanwhile');
      await rejects(() => video.setMediaKeys(one), 'InvalidStateError', 'the same meanwhile');
      await setting;
      equal(video.mediaKeys === one, true, 'the first');
    },
    'media keys are for several elements, or refused for the second': async (environment) => {
      const [one, other] = [environment.createVideo(), environment.createVideo()];
      const mediaKeys = await environment.createMediaKeys();
      await one.setMediaKeys(mediaKeys);
      const outcome = await other.setMediaKeys(mediaKeys).then(
        () => 'set',
        (error: unknown) => nameOf(error),
      );
      if (outcome !== 'set') equal(outcome, 'QuotaExceededError', 'rejection');
      equal(other.mediaKeys === mediaKeys, outcome === 'set', 'the second element has them');
      equal(one.mediaKeys === mediaKeys, true, 'the first element has them');
    },
    'media keys that one element let go can be given to another': async (environment) => {
      const [one, other] = [environment.createVideo(), environment.createVideo()];
      const mediaKeys = await environment.createMediaKeys();
      await one.setMediaKeys(mediaKeys);
      await one.setMediaKeys(null);
      await other.setMediaKeys(mediaKeys);
      equal([one.mediaKeys, other.mediaKeys === mediaKeys], [null, true], 'media keys');
    },
    'an element for sound takes media keys too': async (environment) => {
      const audio = document.createElement('audio');
      environment.atEnd(() => audio.setMediaKeys(null));
      const mediaKeys = await environment.createMediaKeys();
      await audio.setMediaKeys(mediaKeys);
      equal(audio.mediaKeys === mediaKeys, true, 'the same object');
    },
    'an element works without sessions, and sessions without an element': async (environment) => {
      const video = environment.createVideo();
      const { session, mediaKeys } = await environment.openLicensedSession();
      await video.setMediaKeys(mediaKeys);
      equal([...session.keyStatuses.values()], ['usable'], 'statuses');
      await video.setMediaKeys(null);
      equal([...session.keyStatuses.values()], ['usable'], 'statuses without the element');
    },
  }),
  ...contracts('HTMLMediaElement Extensions', {
    'media keys of an element cannot be set by assignment': async (environment) => {
      const video = environment.createVideo();
      const mediaKeys = await environment.createMediaKeys();
      Reflect.set(video, 'mediaKeys', mediaKeys);
      equal(video.mediaKeys, null, 'mediaKeys');
    },
    'handlers for encrypted and waitingforkey can be set': (environment) => {
      const video = environment.createVideo();
      equal([video.onencrypted, video.onwaitingforkey], [null, null], 'handlers');
      const seen: string[] = [];
      // The attributes are what is put to the test here.
      // oxlint-disable-next-line unicorn/prefer-add-event-listener
      video.onencrypted = (event) => seen.push(event.type);
      // oxlint-disable-next-line unicorn/prefer-add-event-listener
      video.onwaitingforkey = (event) => seen.push(event.type);
      video.dispatchEvent(new MediaEncryptedEvent('encrypted'));
      video.dispatchEvent(new Event('waitingforkey'));
      equal(seen, ['encrypted', 'waitingforkey'], 'events');
      return Promise.resolve();
    },
  }),
];
