import { describe, expect, it } from 'vitest';

import { PlaybackError } from '../error/playback-error.js';
import { turn } from '../testing/manual-clock.js';
import { A, B, setupPlayer, setupPlaying } from '../testing/setup-player.js';
import { IDLE_STATE } from './player-state.js';

describe('a failure', () => {
  it('while loading is told once, and the engine unloads', async () => {
    const { player, media, engines, engine, load, statuses } = setupPlayer();
    player.setSource(A);
    player.attach(media);
    await turn();
    const error = new PlaybackError('manifest-not-found');
    engine().options.listener.onError(error);
    load().reject(new PlaybackError('unknown'));
    await turn();

    expect(statuses).toEqual(['loading', 'error']);
    expect(player.getState().error).toBe(error);
    expect(engines.calls).toEqual(['unload', 'load /a.mpd', 'unload']);
  });

  it('of an unknown kind becomes `unknown`, with a redacted cause', async () => {
    const { player, media, load } = setupPlayer();
    player.setSource(A);
    player.attach(media);
    await turn();
    load().reject(new TypeError('at https://a.example/x?token=1'));
    await turn();

    expect(player.getState().error).toMatchObject({
      code: 'unknown',
      cause: { name: 'TypeError', message: 'at https://a.example/…' },
    });
  });

  it('of the element counts, and its echoes do not', async () => {
    const { player, emit, engine } = await setupPlaying();
    const error = new PlaybackError('undecodable');
    emit((listener) => listener.onError(error));
    emit((listener) => listener.onError(new PlaybackError('segment-unavailable')));
    engine().options.listener.onError(new PlaybackError('unknown'));

    expect(player.getState().error).toBe(error);
  });

  it('keeps the time and the keys on show, and follows the element in what is its own', async () => {
    const { player, emit, engine, emptied } = await setupPlaying();
    const drm = { keySystem: 'org.w3.clearkey', keyStatuses: [], expiresAt: 5, renewal: 'none' as const };
    engine().options.listener.onState({ drm });
    emit((listener) => listener.onError(new PlaybackError('undecodable')));
    emptied();
    emit((listener) => listener.onState({ muted: true }));
    engine().options.listener.onState({ drm: IDLE_STATE.drm });

    expect(player.getState()).toMatchObject({
      status: 'error',
      currentTime: 30,
      paused: true,
      muted: true,
      drm,
    });
  });

  it('of an unload ends in an error, not in a queue that stands still', async () => {
    const { player, engine, load } = await setupPlaying();
    engine().unload.mockRejectedValueOnce(new Error('stuck'));
    player.setSource(B);
    await turn();
    expect(player.getState()).toMatchObject({ status: 'error', error: { code: 'unknown' } });

    player.setSource(A);
    await turn();
    load().resolve();
    await turn();
    expect(player.getState()).toMatchObject({ status: 'ready', error: null });
  });
});

describe('a retry', () => {
  async function setupFailed() {
    const kit = await setupPlaying();
    kit.emit((listener) => listener.onError(new PlaybackError('segment-unavailable')));
    await turn();
    kit.emptied();

    return kit;
  }

  it('goes on where the failure struck, and plays on', async () => {
    const { player, load, media } = await setupFailed();
    player.actions.retry();
    expect(player.getState()).toMatchObject({ status: 'loading', error: null, currentTime: 30 });
    await turn();
    expect(load().startTime).toBe(30);

    load().resolve();
    await turn();
    expect(media.play).toHaveBeenCalledOnce();
  });

  it('whose media stalls does not keep the next source waiting', async () => {
    const { player, load, media } = await setupFailed();
    media.play.mockReturnValue(new Promise(() => {}));
    player.actions.retry();
    await turn();
    load().resolve();
    await turn();
    player.setSource(B);
    await turn();

    expect(load().src).toBe('/b.mpd');
  });

  it('does not play on where the viewer had paused', async () => {
    const { player, emit, load, media } = await setupPlaying();
    emit((listener) => {
      listener.onState({ paused: true });
      listener.onStatusEvent('paused');
      listener.onError(new PlaybackError('segment-unavailable'));
    });
    player.actions.retry();
    await turn();
    load().resolve();
    await turn();

    expect(load().startTime).toBe(30);
    expect(media.play).not.toHaveBeenCalled();
    expect(player.getState().status).toBe('ready');
  });

  it('that fails too can be made again, from the same time', async () => {
    const { player, load, media, emptied } = await setupFailed();
    for (let attempt = 0; attempt < 3; attempt += 1) {
      player.actions.retry();
      await turn();
      emptied();
      load().reject(new PlaybackError('manifest-unreachable'));
      await turn();
    }
    player.actions.retry();
    player.actions.retry();
    await turn();
    load().resolve();
    await turn();

    expect(load().startTime).toBe(30);
    expect(media.play).toHaveBeenCalledOnce();
  });

  it('stays `ready` where the browser does not let it play on', async () => {
    const { player, load, media } = await setupFailed();
    media.play.mockRejectedValue(new DOMException('gesture', 'NotAllowedError'));
    player.actions.retry();
    await turn();
    load().resolve();
    await turn();

    expect(player.getState()).toMatchObject({ status: 'ready', error: null });
  });

  it('plays where the viewer had asked for it before the load failed', async () => {
    const { player, media, emit, load } = setupPlayer();
    player.setSource(A);
    player.attach(media);
    await turn();
    emit((listener) => listener.onState({ paused: false }));
    load().reject(new PlaybackError('manifest-unreachable'));
    await turn();
    player.actions.retry();
    await turn();
    load().resolve();
    await turn();

    expect(media.play).toHaveBeenCalledOnce();
  });

  it('that comes at once leaves the unloading to the load', async () => {
    const { player, engines, emit } = await setupPlaying();
    engines.calls.length = 0;
    emit((listener) => listener.onError(new PlaybackError('segment-unavailable')));
    player.actions.retry();
    await turn();

    expect(engines.calls).toEqual(['unload', 'load /a.mpd']);
  });

  it('starts at the source’s own start where nothing had played', async () => {
    const { player, media, load } = setupPlayer();
    player.setSource({ ...A, startTime: 12 });
    player.attach(media);
    await turn();
    load().reject(new PlaybackError('manifest-unreachable'));
    await turn();
    player.actions.retry();
    await turn();

    expect(load().startTime).toBe(12);
  });

  it('goes to the live edge of a live stream', async () => {
    const { player, engine, emit, load } = await setupPlaying();
    engine().options.listener.onState({ live: true });
    emit((listener) => listener.onError(new PlaybackError('segment-unavailable')));
    player.actions.retry();
    await turn();

    expect(load().startTime).toBeUndefined();
  });

  it('while it plays loads again at the present time', async () => {
    const { player, load } = await setupPlaying();
    player.actions.retry();
    await turn();

    expect(load().startTime).toBe(30);
  });

  it('is not what another source does: it starts from its beginning, and waits', async () => {
    const { player, load, media } = await setupFailed();
    player.setSource(B);
    await turn();
    load().resolve();
    await turn();

    expect(load()).toMatchObject({ src: '/b.mpd', startTime: undefined });
    expect(media.play).not.toHaveBeenCalled();
  });
});
