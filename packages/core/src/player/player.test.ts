import { describe, expect, it, vi } from 'vitest';

import { Authorizer } from '../authorize/authorizer.js';
import { PlaybackError } from '../error/playback-error.js';
import { LicenseClient } from '../license/license-client.js';
import type { Source } from '../source/source.js';
import {
  createFakeEngines,
  createFakeMedia,
  type FakeEngine,
  type FakeLoad,
} from '../testing/fake-engine.js';
import { turn } from '../testing/manual-clock.js';
import { IDLE_STATE } from './player-state.js';
import { Player } from './player.js';

const A: Source = { src: '/a.mpd' };
const B: Source = { src: '/b.mpd' };
const QUALITY = { id: '1', width: 640, height: 360, bandwidth: 1, frameRate: 25, codecs: 'avc1' };

function setup() {
  const engines = createFakeEngines();
  const { media, emit, listeners } = createFakeMedia();
  const authorizer = new Authorizer({
    authorize: () => undefined,
    authorizedOrigins: () => [],
    pageUrl: () => undefined,
    pageOrigin: () => undefined,
  });
  const player = new Player({
    createEngine: engines.create,
    licenseClient: new LicenseClient({ authorizer }),
    authorizer,
  });
  const statuses: string[] = [];
  player.subscribe(() => {
    const { status } = player.getState();
    if (statuses.at(-1) !== status) statuses.push(status);
  });
  const engine = (index = -1): FakeEngine => defined(engines.made.at(index));
  const load = (index = -1): FakeLoad => defined(engine().loads.at(index));
  const emptied = () =>
    emit((listener) => listener.onState({ currentTime: 0, duration: Number.NaN, paused: true }));

  return { player, engines, engine, load, media, emit, listeners, emptied, statuses };
}

function defined<T>(value: T | undefined): T {
  if (value === undefined) throw new Error('There is none yet.');
  return value;
}

/** A player that plays `A` at 30 seconds. */
async function setupPlaying() {
  const kit = setup();
  kit.player.setSource(A);
  const detach = kit.player.attach(kit.media);
  await turn();
  kit.load().resolve();
  await turn();
  kit.emit((listener) => {
    listener.onState({ paused: false });
    listener.onStatusEvent('playing');
    listener.onState({ currentTime: 30, duration: 60, buffered: [{ start: 0, end: 40 }] });
  });

  return { ...kit, detach };
}

describe('a player', () => {
  it('does nothing before it is attached', async () => {
    const { player, engines } = setup();
    player.setSource(A);
    player.actions.retry();
    player.actions.pause();
    await player.actions.play();
    await turn();

    expect(engines.made).toHaveLength(0);
    expect(player.getState()).toBe(IDLE_STATE);
  });

  it('loads its source when it is attached, and says so', async () => {
    const { player, media, load, statuses, engine } = setup();
    player.setSource({ ...A, startTime: 5 });
    player.attach(media);
    expect(player.getState().status).toBe('loading');

    await turn();
    expect(load()).toMatchObject({ src: '/a.mpd', startTime: 5 });
    expect(engine().options.element).toBe(media.element);

    load().resolve();
    await turn();
    expect(statuses).toEqual(['loading', 'ready']);
  });

  it('loads a source that comes after it was attached', async () => {
    const { player, media, load } = setup();
    player.attach(media);
    await turn();
    expect(player.getState().status).toBe('idle');

    player.setSource(A);
    await turn();
    expect(load().src).toBe('/a.mpd');
  });

  it('plays before the engine says that it has loaded, where the element plays by itself', async () => {
    const { player, media, emit, load, statuses } = setup();
    player.setSource(A);
    player.attach(media);
    await turn();
    emit((listener) => listener.onStatusEvent('playing'));
    load().resolve();
    await turn();

    expect(statuses).toEqual(['loading', 'playing']);
  });

  it('hands each action to the element or to the engine', async () => {
    const { player, media, engine } = await setupPlaying();
    const { actions } = player;
    await actions.play();
    actions.pause();
    actions.seek(7);
    actions.setVolume(0.5);
    actions.setMuted(true);
    actions.setPlaybackRate(2);
    actions.selectQuality('q');
    actions.selectAudioTrack('a');
    actions.selectTextTrack(null);

    expect(media.play).toHaveBeenCalledOnce();
    expect(media.pause).toHaveBeenCalledOnce();
    expect(media.seek).toHaveBeenCalledWith(7);
    expect(media.setVolume).toHaveBeenCalledWith(0.5);
    expect(media.setMuted).toHaveBeenCalledWith(true);
    expect(media.setPlaybackRate).toHaveBeenCalledWith(2);
    expect(engine().selectQuality).toHaveBeenCalledWith('q');
    expect(engine().selectAudioTrack).toHaveBeenCalledWith('a');
    expect(engine().selectTextTrack).toHaveBeenCalledWith(null);
  });

  it('lets play() reject where the browser does not allow it', async () => {
    const { player, media } = await setupPlaying();
    media.play.mockRejectedValue(new DOMException('gesture', 'NotAllowedError'));

    await expect(player.actions.play()).rejects.toThrow('gesture');
    expect(player.getState().error).toBeNull();
  });
});

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
    const { player, media, engines, load, engine } = setup();
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

describe('attaching', () => {
  it('twice, as StrictMode does, loads once and leaves one engine', async () => {
    const { player, media, engines, listeners, engine } = setup();
    player.setSource(A);
    const detach = player.attach(media);
    detach();
    player.setSource(A);
    player.attach(media);
    await turn();

    expect(engines.made).toHaveLength(2);
    expect(engines.calls).toEqual(['destroy', 'unload', 'load /a.mpd']);
    expect(engine(0).destroy).toHaveBeenCalledOnce();
    expect(engine(1).destroy).not.toHaveBeenCalled();
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
    player.attach(media);
    detach();
    detach();
    await turn();

    expect(engine(1).destroy).not.toHaveBeenCalled();
    expect(player.getState().status).toBe('loading');
  });

  it('ended while loading calls the load off, destroys the engine after it, and hears no more', async () => {
    const { player, media, engines, listeners, load, engine } = setup();
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

describe('a failure', () => {
  it('while loading is told once, and the engine unloads', async () => {
    const { player, media, engines, engine, load, statuses } = setup();
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
    const { player, media, load } = setup();
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
    const drm = { keySystem: 'org.w3.clearkey', keyStatuses: [], expiresAt: 5 };
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

describe('a source that failed', () => {
  it('loads again when anything in it is mended', async () => {
    const { player, load, media } = setup();
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
    const { player, media } = setup();
    player.setSource(undefined);
    player.attach(media);
    await turn();
    player.setSource(A);
    player.setSource(undefined);
    await turn();

    expect(player.getState().status).toBe('idle');
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
    const { player, media, emit, load } = setup();
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
    const { player, media, load } = setup();
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

describe('state', () => {
  it('is one frozen snapshot, the same while nothing changes', async () => {
    const { player, emit, engine } = await setupPlaying();
    engine().options.listener.onState({ qualities: [QUALITY], quality: QUALITY });
    const before = player.getState();
    const reader = vi.fn();
    const stop = player.subscribe(reader);
    engine().options.listener.onState({ qualities: [{ ...QUALITY }], quality: { ...QUALITY } });
    emit((listener) => listener.onState({ currentTime: 30, buffered: [{ start: 0, end: 40 }] }));

    expect(player.getState()).toBe(before);
    expect(reader).not.toHaveBeenCalled();
    expect(Object.isFrozen(before)).toBe(true);

    emit((listener) => listener.onState({ currentTime: 31 }));
    expect(reader).toHaveBeenCalledOnce();
    expect(player.getState().buffered).toBe(before.buffered);

    stop();
    emit((listener) => listener.onState({ currentTime: 32 }));
    expect(reader).toHaveBeenCalledOnce();
  });

  it('keeps the identity of each part that is the same', async () => {
    const { player, engine } = await setupPlaying();
    const { listener } = engine().options;
    const keyStatuses = () => [{ keyId: '0', status: 'usable' }];
    listener.onState({ drm: { keySystem: 'org.w3.clearkey', keyStatuses: keyStatuses(), expiresAt: 1 } });
    const before = player.getState().drm;
    listener.onState({ drm: { keySystem: 'org.w3.clearkey', keyStatuses: keyStatuses(), expiresAt: 2 } });

    expect(player.getState().drm).not.toBe(before);
    expect(player.getState().drm.keyStatuses).toBe(before.keyStatuses);
  });

  it('is told to everyone, and playback goes on, where a listener throws', async () => {
    const { player, media, load } = setup();
    const thrown: (() => void)[] = [];
    vi.spyOn(globalThis, 'queueMicrotask').mockImplementation((callback) => void thrown.push(callback));
    const mistake = new Error('the page’s mistake');
    const second = vi.fn();
    player.subscribe(() => {
      throw mistake;
    });
    player.subscribe(second);
    player.setSource(A);
    player.attach(media);
    await turn();
    load().resolve();
    await turn();

    expect(player.getState()).toMatchObject({ status: 'ready', error: null });
    expect(second).toHaveBeenCalledTimes(2);
    expect(thrown).toHaveLength(2);
    expect(thrown[0]).toThrow(mistake);
  });
});

function manualPromise() {
  let resolve: () => void = () => {};
  const promise = new Promise<void>((settle) => {
    resolve = settle;
  });

  return { promise, resolve: () => resolve() };
}
