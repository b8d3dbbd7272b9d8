import { describe, expect, it } from 'vitest';

import { PlaybackError } from '../error/playback-error.js';
import { createFakeMedia } from '../testing/fake-engine.js';
import { turn } from '../testing/manual-clock.js';
import { A, setupPlayer, setupPlaying } from '../testing/setup-player.js';
import { IDLE_STATE } from './player-state.js';

describe('attaching', () => {
  it('again after it was undone starts anew', async () => {
    const { player, media, engines, listeners, engine } = setupPlayer();
    player.setSource(A);
    const detach = player.attach(media);
    detach();
    player.attach(media);
    await turn();

    expect(engines.made).toHaveLength(2);
    expect(engines.calls).toEqual(['destroy', 'unload', 'load /a.mpd']);
    expect(engine(0).destroy).toHaveBeenCalledOnce();
    expect(engine(1).destroy).not.toHaveBeenCalled();
    expect(listeners.size).toBe(1);
  });

  it('twice, as StrictMode does with an element that stays, makes one engine, which loads once', async () => {
    const { player, media, engines, listeners } = setupPlayer();
    player.setSource(A);
    const detach = player.attach(media);
    detach({ keep: true });
    player.setSource(A);
    player.attach(media);
    await turn();

    expect(engines.calls).toEqual(['unload', 'load /a.mpd']);
    expect(engines.made).toHaveLength(1);
    expect(listeners.size).toBe(1);
  });

  it('to another element lets go of the first', async () => {
    const { player, engines, listeners, engine } = await setupPlaying();
    const other = createFakeMedia();
    player.attach(other.media);
    await turn();

    expect(engine(0).destroy).toHaveBeenCalledOnce();
    expect(listeners.size).toBe(0);
    expect(other.listeners.size).toBe(1);
    expect(engines.calls.at(-1)).toBe('load /a.mpd');
  });

  it('is undone once, and not by what undid an earlier one', async () => {
    const { player, media, detach, engine } = await setupPlaying();
    const detachAnew = player.attach(media);
    detach();
    detach({ keep: true });
    await turn();
    expect(engine().destroy).not.toHaveBeenCalled();
    expect(player.getState().status).toBe('playing');

    detachAnew();
    detachAnew();
    await turn();
    expect(engine().destroy).toHaveBeenCalledOnce();
  });

  it('ended while loading calls the load off, destroys the engine after it, and hears no more', async () => {
    const { player, media, engines, listeners, load, engine } = setupPlayer();
    player.setSource(A);
    const detach = player.attach(media);
    await turn();
    detach();
    expect(load().signal.aborted).toBe(true);
    await turn();

    expect(engines.calls).toEqual(['unload', 'load /a.mpd', 'destroy']);
    expect(listeners.size).toBe(0);

    engine().options.listener.onState({ live: true });
    engine().options.listener.onError(new PlaybackError('key-expired'));
    load().reject(new PlaybackError('manifest-invalid'));
    await turn();
    expect(player.getState()).toEqual(IDLE_STATE);
  });

  it('survives an engine whose end fails', async () => {
    const { player, media, detach, engine, load } = await setupPlaying();
    engine().destroy.mockRejectedValue(new Error('stuck'));
    detach();
    player.attach(media);
    await turn();
    load().resolve();
    await turn();

    expect(player.getState().status).toBe('ready');
  });
});
