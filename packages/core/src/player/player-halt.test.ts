import { describe, expect, it } from 'vitest';

import { PlaybackError } from '../error/playback-error.js';
import { turn } from '../testing/manual-clock.js';
import { A, B, setupPlayer, setupPlaying } from '../testing/setup-player.js';

const REASON = new PlaybackError('stream-limit-reached');

/** A player that played at 30 seconds when it was halted. */
async function setupHalted() {
  const kit = await setupPlaying();
  kit.media.pause.mockImplementation(() => kit.emit((listener) => listener.onState({ paused: true })));
  kit.player.halt(REASON);

  return kit;
}

describe('halted', () => {
  it('pauses with the reason, and keeps the engine and what it has loaded', async () => {
    const { player, media, engine } = await setupHalted();
    await turn();

    expect(player.getState()).toMatchObject({ status: 'error', error: REASON, paused: true, duration: 60 });
    expect(player.isHalted).toBe(true);
    expect(media.pause).toHaveBeenCalledOnce();
    expect(engine().unload).toHaveBeenCalledOnce();
  });

  it('goes on where it was, and plays if it played', async () => {
    const { player, media, engines } = await setupHalted();
    player.resume();

    expect(player.getState()).toMatchObject({ status: 'paused', error: null, currentTime: 30 });
    expect(media.play).toHaveBeenCalledOnce();
    expect(engines.calls).toEqual(['unload', 'load /a.mpd']);
  });

  it('stays paused where the viewer had paused', async () => {
    const { player, media, emit } = await setupPlaying();
    emit((listener) => listener.onState({ paused: true }));
    player.halt(REASON);
    player.resume();

    expect(media.play).not.toHaveBeenCalled();
  });

  it('does not play by another button', async () => {
    const { emit, media } = await setupHalted();
    emit((listener) => listener.onState({ paused: false }));

    expect(media.pause).toHaveBeenCalledTimes(2);
  });

  it('again tells the later reason', async () => {
    const { player } = await setupHalted();
    const later = new PlaybackError('stream-taken-over');
    player.halt(later);

    expect(player.getState().error).toBe(later);
  });

  it('and then broken loads again where it was', async () => {
    const { player, engine, load, media } = await setupHalted();
    engine().options.listener.onError(new PlaybackError('drm-setup-failed'));
    await turn();
    expect(player.getState().error).toBe(REASON);
    expect(player.isHalted).toBe(false);
    expect(engine().unload).toHaveBeenCalledTimes(2);

    player.resume();
    await turn();
    expect(load().startTime).toBe(30);
    load().resolve();
    await turn();
    expect(media.play).toHaveBeenCalledOnce();
  });

  it('loads again by a retry, and another source ends it', async () => {
    const { player, load } = await setupHalted();
    player.actions.retry();
    await turn();
    expect(load()).toMatchObject({ src: '/a.mpd', startTime: 30 });
    expect(player.isHalted).toBe(false);

    player.halt(REASON);
    player.setSource(B);
    await turn();
    expect(load()).toMatchObject({ src: '/b.mpd', startTime: undefined });
    expect(player.getState().error).toBeNull();
  });

  it('and hidden stays halted when it is shown, and goes on then', async () => {
    const { player, media, detach } = await setupHalted();
    detach({ keep: true });
    await turn();
    player.attach(media);
    expect(media.play).not.toHaveBeenCalled();
    expect(player.isHalted).toBe(true);

    player.resume();
    expect(media.play).toHaveBeenCalledOnce();
  });

  it('while it loads fails the load', async () => {
    const { player, media, load } = setupPlayer();
    player.setSource(A);
    player.attach(media);
    await turn();
    player.halt(REASON);
    expect(load().signal.aborted).toBe(true);
    expect(player.getState()).toMatchObject({ status: 'error', error: REASON });
    expect(player.isHalted).toBe(false);

    player.resume();
    await turn();
    expect(player.getState().status).toBe('loading');
  });

  it('is nothing without a source, nor without an error to end', async () => {
    const { player } = setupPlayer();
    player.halt(REASON);
    expect(player.getState()).toMatchObject({ status: 'idle', error: null });

    const playing = await setupPlaying();
    playing.player.resume();
    expect(playing.player.getState().status).toBe('playing');
  });
});
