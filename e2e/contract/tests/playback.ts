import { contracts } from '../contract-test.js';
import type { ContractEnvironment } from '../page/contract-environment.js';
import { base64url, fromHex, KEYS, license, readMessage, toHex } from '../page/clear-key.js';
import { EventLog } from '../page/event-log.js';
import { equal, within } from '../page/expectations.js';
import { Film } from '../page/film.js';
import { commonBox } from '../page/initialization-data.js';

/** A place in the fourth segment: far from what was decrypted ahead of the first. */
const FAR = 13;

type Scheme = 'cenc' | 'cbcs';

function createFilm(environment: ContractEnvironment, scheme: Scheme = 'cenc'): Film {
  return new Film(environment.createVideo(), environment.films[scheme]);
}

/** A film with all its segments, to media keys that have its key, playing. */
async function playFilm(environment: ContractEnvironment, scheme: Scheme = 'cenc') {
  const film = createFilm(environment, scheme);
  const { contentKey } = environment.films[scheme];
  const open = await environment.openLicensedSession({ keys: [contentKey] });
  await film.video.setMediaKeys(open.mediaKeys);
  await film.attach();
  await film.append(1, 2, 3, 4);
  await film.video.play();
  await film.playsTo(0.5);

  return { film, ...open, contentKey };
}

export const playbackContracts = [
  ...contracts('Initialization Data Encountered', {
    'a film tells that it is encrypted': async (environment) => {
      const film = createFilm(environment);
      await film.attach();
      const event = await film.encryptedEvent();
      equal(event instanceof MediaEncryptedEvent, true, 'instance of MediaEncryptedEvent');
      equal([event.type, event.initDataType], ['encrypted', 'cenc'], 'types');
      equal([event.bubbles, event.cancelable, event.target === film.video], [false, false, true], 'event');
    },
    'the initialization data of a film hold the box of the common system': async (environment) => {
      const film = createFilm(environment);
      await film.attach();
      const { initData } = await film.encryptedEvent();
      const box = toHex(commonBox([environment.films.cenc.contentKey.keyId]));
      equal(toHex(initData ?? new ArrayBuffer(0)).includes(box), true, 'has the box');
    },
    'the initialization data of a film make a request for its key': async (environment) => {
      const film = createFilm(environment);
      await film.attach();
      const { initDataType, initData } = await film.encryptedEvent();
      const session = await environment.createSession();
      const log = new EventLog(session);
      await session.generateRequest(initDataType, initData ?? new ArrayBuffer(0));
      const { message } = await log.message();
      const keyId = base64url(fromHex(environment.films.cenc.contentKey.keyId));
      equal(readMessage(message), { kids: [keyId], type: 'temporary' }, 'request');
    },
  }),
  ...contracts('Attempt to Decrypt', {
    'a film plays when its key is there before it': async (environment) => {
      const { film } = await playFilm(environment);
      equal(film.waits, 0, 'waits for a key');
    },
    'a film in cbcs plays': async (environment) => {
      const { film } = await playFilm(environment, 'cbcs');
      equal(film.waits, 0, 'waits for a key');
    },
    'a film plays when media keys and key come after it': async (environment) => {
      const film = createFilm(environment);
      await film.attach();
      await film.append(1);
      const { initDataType, initData } = await film.encryptedEvent();

      const mediaKeys = await environment.createMediaKeys();
      await film.video.setMediaKeys(mediaKeys);
      const session = await environment.createSession({ mediaKeys });
      session.addEventListener('message', () => {
        void session.update(license([environment.films.cenc.contentKey]));
      });
      await session.generateRequest(initDataType, initData ?? new ArrayBuffer(0));
      await film.video.play();
      await film.playsTo(0.5);
    },
    'a film plays by a key of any of the sessions': async (environment) => {
      const film = createFilm(environment);
      const { mediaKeys } = await environment.openLicensedSession({ keys: [KEYS[0]] });
      await environment.openLicensedSession({
        mediaKeys,
        keys: [KEYS[1], environment.films.cenc.contentKey],
      });
      await film.video.setMediaKeys(mediaKeys);
      await film.attach();
      await film.append(1);
      await film.video.play();
      await film.playsTo(0.5);
    },
  }),
  ...contracts('Wait for Key', {
    'a film without a key waits for it, and goes on when it is there': async (environment) => {
      const film = createFilm(environment);
      const { contentKey } = environment.films.cenc;
      const { session, mediaKeys } = await environment.openSession({ keys: [contentKey] });
      await film.video.setMediaKeys(mediaKeys);
      await film.attach();
      await film.append(1);
      const playing = film.video.play();
      await film.waitsForKey();
      equal(film.video.readyState <= HTMLMediaElement.HAVE_CURRENT_DATA, true, 'has no future data');
      equal(film.video.currentTime, 0, 'current time');

      await session.update(license([contentKey]));
      await playing;
      await film.playsTo(0.5);
    },
    'a key that is not that of the film does not help': async (environment) => {
      const film = createFilm(environment);
      const { contentKey } = environment.films.cenc;
      const { session, mediaKeys, log } = await environment.openSession({ keys: [contentKey] });
      await film.video.setMediaKeys(mediaKeys);
      await film.attach();
      await film.append(1);
      const playing = film.video.play();
      await film.waitsForKey();

      await session.update(license([KEYS[0]]));
      await log.until('keystatuseschange');
      await environment.settle(mediaKeys);
      equal(film.video.currentTime, 0, 'current time');

      await session.update(license([contentKey]));
      await playing;
      await film.playsTo(0.5);
    },
    'waitingforkey is a plain event of the element': async (environment) => {
      const film = createFilm(environment);
      await film.video.setMediaKeys(await environment.createMediaKeys());
      const waiting = new Promise<Event>((resolve) => {
        film.video.onwaitingforkey = resolve;
      });
      await film.attach();
      await film.append(1);
      film.video.play().catch(() => {});
      const event = await within(waiting, 'waitingforkey');
      equal(
        [event.type, event.bubbles, event.cancelable, event.target === film.video],
        ['waitingforkey', false, false, true],
        'type, bubbles, cancelable, target',
      );
    },
  }),
  ...contracts('Session Closed', {
    'a film stalls when the session of its key is closed, and goes on with another': async (environment) => {
      const { film, session, mediaKeys, contentKey } = await playFilm(environment);
      await session.close();
      await film.stallsAt(FAR);
      await environment.settle(mediaKeys);
      equal(film.video.readyState <= HTMLMediaElement.HAVE_CURRENT_DATA, true, 'has no future data');

      await environment.openLicensedSession({ mediaKeys, keys: [contentKey] });
      await film.playsTo(FAR + 0.5);
    },
    'a film whose session is closed tells that it waits for a key': async (environment) => {
      const { film, session } = await playFilm(environment);
      await session.close();
      await film.stallsAt(FAR);
      await film.waitsForKey();
    },
    'a film goes on when another session has its key as well': async (environment) => {
      const { film, session, mediaKeys, contentKey } = await playFilm(environment);
      await environment.openLicensedSession({ mediaKeys, keys: [contentKey] });
      await session.close();
      film.video.currentTime = FAR;
      await film.playsTo(FAR + 0.5);
      equal(film.waits, 0, 'waits for a key');
    },
  }),
  ...contracts('remove()', {
    'a film stalls when its key is removed, and goes on when it is back': async (environment) => {
      const { film, session, contentKey } = await playFilm(environment);
      await session.remove();
      await film.stallsAt(FAR);
      await film.waitsForKey();

      await session.update(license([contentKey]));
      await film.playsTo(FAR + 0.5);
    },
  }),
  ...contracts('setMediaKeys()', {
    'media keys in use stay, or go as the specification has it': async (environment) => {
      const { film, mediaKeys } = await playFilm(environment);
      const outcome = await film.video.setMediaKeys(null).then(
        () => 'gone',
        (error: unknown) => (error instanceof DOMException ? error.name : String(error)),
      );
      equal(
        ['gone', 'NotSupportedError', 'InvalidStateError'].includes(outcome),
        true,
        `outcome ${outcome} is allowed`,
      );
      equal(film.video.mediaKeys === mediaKeys, outcome !== 'gone', 'the element has them');
    },
    'a film plays again from another source by the same media keys': async (environment) => {
      const { film, mediaKeys } = await playFilm(environment);
      const again = new Film(film.video, environment.films.cenc);
      await again.attach();
      await again.append(1);
      await film.video.play();
      await again.playsTo(0.5);
      equal(film.video.mediaKeys === mediaKeys, true, 'the same media keys');
    },
  }),
  ...contracts(
    'load()',
    {
      'a film plays by a license that was stored before': [
        {
          where: 'page',
          run: async (environment, memory) => {
            const { contentKey } = environment.films.cenc;
            memory['sessionId'] = await environment.storeLicense([contentKey]);
          },
        },
        {
          where: 'reloaded-page',
          run: async (environment, memory) => {
            const film = createFilm(environment);
            const { mediaKeys, found } = await environment.loadSession(memory['sessionId'] ?? '');
            equal(found, true, 'found');
            await film.video.setMediaKeys(mediaKeys);
            await film.attach();
            await film.append(1);
            await film.video.play();
            await film.playsTo(0.5);
          },
        },
      ],
    },
    { needs: ['persistent-license'] },
  ),
];
