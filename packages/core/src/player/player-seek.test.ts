import { describe, expect, it } from 'vitest';

import { PlaybackError } from '../error/playback-error.js';
import { turn } from '../testing/manual-clock.js';
import { A, B, setupPlayer, setupPlaying } from '../testing/setup-player.js';
import { SUSPENSION_MS } from './suspension.js';

/** A player whose engine is loading `A`. */
async function setupLoading() {
  const kit = setupPlayer();
  kit.player.setSource({ ...A, startTime: 5 });
  kit.player.attach(kit.media);
  await turn();

  return kit;
}

describe('a seek', () => {
  it('before the engine loads is where the load begins, and not where the source would', async () => {
    const { player, media, load } = setupPlayer();
    player.setSource({ ...A, startTime: 5 });
    player.attach(media);
    player.actions.seek(20);
    expect(player.getState()).toMatchObject({ status: 'loading', currentTime: 20 });
    await turn();
    load().resolve();
    await turn();

    expect(load().startTime).toBe(20);
    expect(media.seek).not.toHaveBeenCalled();
  });

  it('while the engine loads is made when it has, the last one only, and before playback goes on', async () => {
    const { player, media, load } = await setupLoading();
    player.actions.seek(20);
    player.actions.seek(-10);
    expect(media.seek).not.toHaveBeenCalled();
    expect(player.getState().currentTime).toBe(0);
    load().resolve();
    await turn();

    expect(load().startTime).toBe(5);
    // Beside 0, where an engine would take it for an element that has not moved yet.
    expect(media.seek).toHaveBeenCalledExactlyOnceWith(0.001);
  });

  it('in a title that plays by itself before the load is over stands', async () => {
    const { player, media, load, emit } = await setupLoading();
    player.actions.seek(20);
    emit((listener) => listener.onStatusEvent('playing'));
    player.actions.seek(40);
    load().resolve();
    await turn();

    expect(media.seek).toHaveBeenLastCalledWith(40);
  });

  it('while protection is set up anew goes before where it broke', async () => {
    const { player, media, load, engine } = await setupPlaying();
    engine().options.listener.onError(new PlaybackError('drm-setup-failed'));
    player.actions.seek(50);
    await turn();
    load().resolve();
    await turn();

    expect(load().startTime).toBe(50);
    expect(media.play).toHaveBeenCalledOnce();
  });

  it('after a failure is where a retry begins, also after one that fails', async () => {
    const { player, media, load, emit } = await setupPlaying();
    emit((listener) => listener.onError(new PlaybackError('segment-unavailable')));
    player.actions.seek(50);
    expect(player.getState()).toMatchObject({ status: 'error', currentTime: 50 });
    player.actions.retry();
    await turn();
    load().reject(new PlaybackError('manifest-unreachable'));
    await turn();
    player.actions.retry();
    await turn();

    expect(load().startTime).toBe(50);
    expect(media.seek).not.toHaveBeenCalled();
  });

  it('in a live title that has failed goes before the live edge, once', async () => {
    const { player, load, engine, emit } = await setupPlaying();
    const fail = () => emit((listener) => listener.onError(new PlaybackError('segment-unavailable')));
    engine().options.listener.onState({ live: true });
    fail();
    player.actions.seek(50);
    player.actions.retry();
    await turn();
    expect(load().startTime).toBe(50);

    load().resolve();
    await turn();
    engine().options.listener.onState({ live: true });
    fail();
    player.actions.retry();
    await turn();
    expect(load().startTime).toBeUndefined();
  });

  it('in a title that is halted moves it', async () => {
    const { player, media } = await setupPlaying();
    player.halt(new PlaybackError('stream-limit-reached'));
    player.actions.seek(50);

    expect(media.seek).toHaveBeenCalledExactlyOnceWith(50);
  });

  it('before there is an element is where the title begins', async () => {
    const { player, media, load } = setupPlayer();
    player.setSource(A);
    player.actions.seek(20);
    player.attach(media);
    await turn();

    expect(load().startTime).toBe(20);
  });

  it('in a player that was hidden for long goes before where it was', async () => {
    const { player, media, load, detach, clock } = await setupPlaying();
    detach({ keep: true });
    await turn();
    clock.advance(SUSPENSION_MS);
    player.actions.seek(50);
    player.attach(media);
    await turn();

    expect(load().startTime).toBe(50);
  });

  it('is forgotten with its title', async () => {
    const { player, media, load } = await setupLoading();
    player.actions.seek(20);
    player.setSource(B);
    await turn();
    load().resolve();
    await turn();

    expect(load()).toMatchObject({ src: '/b.mpd', startTime: undefined });
    expect(media.seek).not.toHaveBeenCalled();
  });

  it('without a title leaves the element alone, which would keep it for the next', () => {
    const { player, media } = setupPlayer();
    player.actions.seek(20);
    player.attach(media);
    player.actions.seek(20);
    expect(player.getState().currentTime).toBe(0);

    expect(media.seek).not.toHaveBeenCalled();
  });
});
