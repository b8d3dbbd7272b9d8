import { describe, expect, it } from 'vitest';

import { PlaybackError } from '../error/playback-error.js';
import type { Source } from '../source/source.js';
import { turn } from '../testing/manual-clock.js';
import { A, B, setupPlayer, setupPlaying } from '../testing/setup-player.js';
import { IDLE_STATE } from './player-state.js';

const QUALITY = { id: '1', width: 640, height: 360, bandwidth: 1, frameRate: 25, codecs: 'avc1' };

describe('another source', () => {
  it('that is equal changes nothing, but is what the engine reads from then on', async () => {
    const { player, engine } = await setupPlaying();
    const before = player.getState();
    const equal: Source = { ...A, title: 'New', drm: {} };
    player.setSource(equal);
    await turn();

    expect(player.getState()).toBe(before);
    expect(engine().loads).toHaveLength(1);
    expect(engine().options.currentSource()).toBe(equal);
  });

  it('starts from nothing', async () => {
    const { player, engine, load } = await setupPlaying();
    engine().options.listener.onState({ qualities: [QUALITY], quality: QUALITY, live: true });
    player.setSource(B);

    expect(player.getState()).toEqual({ ...IDLE_STATE, status: 'loading', paused: false });
    await turn();
    expect(load()).toMatchObject({ src: '/b.mpd', startTime: undefined });
  });

  it('waits until the engine has let go of the last one', async () => {
    const { player, engine } = await setupPlaying();
    const unload = manualPromise();
    engine().unload.mockImplementationOnce(() => unload.promise);
    player.setSource(B);
    await turn();
    expect(engine().loads).toHaveLength(1);

    unload.resolve();
    await turn();
    expect(engine().loads).toHaveLength(2);
  });

  it('is not told what the element and the engine still report of the last one', async () => {
    const { player, engine, emit } = await setupPlaying();
    const unload = manualPromise();
    engine().unload.mockImplementationOnce(() => unload.promise);
    player.setSource(B);
    emit((listener) => {
      listener.onState({ currentTime: 31, duration: 60, buffered: [{ start: 0, end: 60 }], volume: 0.4 });
      listener.onStatusEvent('playing');
      listener.onError(new PlaybackError('undecodable'));
    });
    engine().options.listener.onState({ live: true });
    engine().options.listener.onError(new PlaybackError('key-expired'));

    // The volume is the element's own, whatever it plays.
    expect(player.getState()).toEqual({ ...IDLE_STATE, status: 'loading', paused: false, volume: 0.4 });
    unload.resolve();
  });

  it('swapped fast loads the last one only, and one at a time', async () => {
    const { player, media, engines, load, engine } = setupPlayer();
    player.attach(media);
    player.setSource(A);
    await turn();
    const first = load();
    player.setSource(B);
    player.setSource(A);
    player.setSource(B);
    expect(first.signal.aborted).toBe(true);
    await turn();

    expect(engines.calls.filter((call) => call.startsWith('load'))).toEqual(['load /a.mpd', 'load /b.mpd']);
    expect(engine().loads.filter(({ signal }) => !signal.aborted)).toHaveLength(1);

    first.resolve();
    await turn();
    expect(player.getState()).toMatchObject({ status: 'loading', error: null });
    load().resolve();
    await turn();
    expect(player.getState().status).toBe('ready');
  });

  it('null unloads and is idle', async () => {
    const { player, engines } = await setupPlaying();
    engines.calls.length = 0;
    player.setSource(null);
    await turn();

    expect(player.getState()).toMatchObject({ status: 'idle', currentTime: 0, error: null });
    expect(engines.calls).toEqual(['unload']);
  });

  it('that cannot be used ends in `source-invalid`, without a load and without the last one', async () => {
    const { player, engines } = await setupPlaying();
    engines.calls.length = 0;
    player.setSource({ src: '' });
    await turn();

    expect(player.getState()).toMatchObject({ status: 'error', error: { code: 'source-invalid' } });
    expect(engines.calls.filter((call) => call !== 'unload')).toEqual([]);
    expect(engines.calls).toContain('unload');
  });
});

describe('a source that failed', () => {
  it('loads again when anything in it is mended', async () => {
    const { player, load, media } = setupPlayer();
    const drm = (licenseUrl: string): Source => ({
      src: '/a.mpd',
      drm: { 'org.w3.clearkey': { licenseUrl } },
    });
    player.setSource(drm(''));
    player.attach(media);
    await turn();
    expect(player.getState().error?.code).toBe('source-invalid');

    player.setSource(drm(''));
    expect(player.getState().status).toBe('error');
    player.setSource(drm('/license'));
    await turn();
    expect(player.getState().status).toBe('loading');
    expect(load().src).toBe('/a.mpd');
  });

  it('may be undefined, which is nothing to play', async () => {
    const { player, media } = setupPlayer();
    player.setSource(undefined);
    player.attach(media);
    await turn();
    player.setSource(A);
    player.setSource(undefined);
    await turn();

    expect(player.getState().status).toBe('idle');
  });
});

function manualPromise() {
  let resolve: () => void = () => {};
  const promise = new Promise<void>((settle) => {
    resolve = settle;
  });

  return { promise, resolve: () => resolve() };
}
