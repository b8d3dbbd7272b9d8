import { describe, expect, it } from 'vitest';

import { PlaybackError } from '../error/playback-error.js';
import { turn } from '../testing/manual-clock.js';
import { A, setupPlayer, setupPlaying } from '../testing/setup-player.js';

describe('renewing the license', () => {
  it('is the engine’s work, and loads nothing', async () => {
    const { player, engine } = await setupPlaying();
    await player.actions.renewLicense();

    expect(engine().renewLicense).toHaveBeenCalledOnce();
    expect(engine().loads).toHaveLength(1);
  });

  it('rejects where it is refused, and playback goes on', async () => {
    const { player, engine } = await setupPlaying();
    const refusal = new PlaybackError('subscription-expired');
    engine().renewLicense.mockRejectedValue(refusal);

    await expect(player.actions.renewLicense()).rejects.toBe(refusal);
    expect(player.getState()).toMatchObject({ status: 'playing', error: null });
  });

  it('rejects with a PlaybackError whatever the engine threw', async () => {
    const { player, engine } = await setupPlaying();
    engine().renewLicense.mockRejectedValue(new Error('x'));

    await expect(player.actions.renewLicense()).rejects.toMatchObject({ code: 'unknown' });
  });

  it('does nothing without a source, or before the player is attached', async () => {
    const { player, media } = setupPlayer();
    await player.actions.renewLicense();
    player.attach(media);
    await player.actions.renewLicense();
    await player.actions.releaseLicense();

    expect(player.getState().status).toBe('idle');
  });

  it('waits for the license that a load is getting', async () => {
    const { player, media, load, engine } = setupPlayer();
    player.setSource(A);
    player.attach(media);
    await turn();
    const renewed = player.actions.renewLicense();
    load().reject(new PlaybackError('license-refused'));

    await expect(renewed).rejects.toMatchObject({ code: 'license-refused' });
    expect(engine().renewLicense).not.toHaveBeenCalled();
  });

  it.each(['an error', 'a license that has ended'])(
    'loads again where playback stopped, after %s, and resolves when it can go on',
    async (what) => {
      const { player, emit, engine, load, media } = await setupPlaying();
      const ended = new PlaybackError('key-expired');
      if (what === 'an error') emit((listener) => listener.onError(ended));
      else engine().renewLicense.mockRejectedValue(ended);
      const renewed = player.actions.renewLicense();
      await turn();
      expect(load().startTime).toBe(30);
      load().resolve();

      await renewed;
      expect(media.play).toHaveBeenCalledOnce();
      expect(player.getState()).toMatchObject({ status: 'ready', error: null });
    },
  );

  it('after an error has a title that is on this device get another license before it loads, and a retry has not', async () => {
    const { player, emit, load } = await setupPlaying();
    emit((listener) => listener.onError(new PlaybackError('offline-license-expired')));
    const renewed = player.actions.renewLicense();
    await turn();
    expect(load().renewsLicense).toBe(true);
    load().reject(new PlaybackError('offline'));
    await expect(renewed).rejects.toMatchObject({ code: 'offline' });

    player.actions.retry();
    await turn();
    expect(load().renewsLicense).toBe(false);
  });

  it('that is kept on this device anew loads it, and gets no other', async () => {
    const { player, engine, load } = await setupPlaying();
    engine().renewLicense.mockRejectedValue(new PlaybackError('key-expired'));
    void player.actions.renewLicense();
    await turn();

    expect(load().renewsLicense).toBe(false);
  });

  it('rejects with what that load fails with', async () => {
    const { player, emit, load } = await setupPlaying();
    emit((listener) => listener.onError(new PlaybackError('key-expired')));
    const renewed = player.actions.renewLicense();
    await turn();
    load().reject(new PlaybackError('subscription-expired'));

    await expect(renewed).rejects.toMatchObject({ code: 'subscription-expired' });
  });
});

describe('protection that breaks down', () => {
  const breakdown = new PlaybackError('drm-setup-failed');
  const recover = async ({ load, emit }: Pick<Awaited<ReturnType<typeof setupPlaying>>, 'load' | 'emit'>) => {
    await turn();
    load().resolve();
    await turn();
    emit((listener) => listener.onState({ paused: false, currentTime: 31 }));
    emit((listener) => listener.onStatusEvent('playing'));
  };

  it('is set up anew where it broke, and plays on', async () => {
    const kit = await setupPlaying();
    const { player, engine, load, media } = kit;
    engine().options.listener.onError(breakdown);
    expect(player.getState()).toMatchObject({ status: 'loading', error: null });
    await recover(kit);

    expect(load().startTime).toBe(30);
    expect(media.play).toHaveBeenCalledOnce();
    expect(player.getState()).toMatchObject({ status: 'playing', error: null });
  });

  it('again and again is an error, but not now and then in a long time', async () => {
    const kit = await setupPlaying();
    const { player, engine, clock } = kit;
    const breakDown = async () => {
      engine().options.listener.onError(breakdown);
      await recover(kit);
    };
    for (let hour = 0; hour < 24; hour += 1) {
      await breakDown();
      clock.advance(3_600_000);
    }
    for (let time = 0; time < 3; time += 1) await breakDown();
    expect(player.getState()).toMatchObject({ status: 'playing', error: null });

    engine().options.listener.onError(breakdown);
    expect(player.getState().error).toBe(breakdown);
  });

  it('before anything has played is an error at once', async () => {
    const { player, media, engine } = setupPlayer();
    player.setSource(A);
    player.attach(media);
    await turn();
    engine().options.listener.onError(breakdown);

    expect(player.getState().error).toBe(breakdown);
  });
});

describe('the key-status policy', () => {
  it('is read at the time of use, and has a default', async () => {
    const { player, engine, options } = await setupPlaying();
    expect(engine().options.keyStatusPolicy()).toEqual({ outputRestricted: 'fallback', expired: 'renew' });

    options.keyStatusPolicy = { expired: 'error' };
    expect(engine().options.keyStatusPolicy()).toEqual({ expired: 'error' });
    expect(player.getState().status).toBe('playing');
  });
});
