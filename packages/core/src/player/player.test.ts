import { describe, expect, it, vi } from 'vitest';

import { PlaybackError } from '../error/playback-error.js';
import { turn } from '../testing/manual-clock.js';
import { A, B, setupPlayer, setupPlaying } from '../testing/setup-player.js';
import { IDLE_STATE, type DrmState } from './player-state.js';

const QUALITY = { id: '1', width: 640, height: 360, bandwidth: 1, frameRate: 25, codecs: 'avc1' };

describe('a player', () => {
  it('does nothing before it is attached', async () => {
    const { player, engines } = setupPlayer();
    player.setSource(A);
    player.actions.retry();
    player.actions.pause();
    await player.actions.play();
    await turn();

    expect(engines.made).toHaveLength(0);
    expect(player.getState()).toBe(IDLE_STATE);
  });

  it('loads its source when it is attached, and says so', async () => {
    const { player, media, load, statuses, engine } = setupPlayer();
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
    const { player, media, load } = setupPlayer();
    player.attach(media);
    await turn();
    expect(player.getState().status).toBe('idle');

    player.setSource(A);
    await turn();
    expect(load().src).toBe('/a.mpd');
  });

  it('plays before the engine says that it has loaded, where the element plays by itself', async () => {
    const { player, media, emit, load, statuses } = setupPlayer();
    player.setSource(A);
    player.attach(media);
    await turn();
    emit((listener) => listener.onStatusEvent('playing'));
    load().resolve();
    await turn();

    expect(statuses).toEqual(['loading', 'playing']);
  });

  it('tells which quality was chosen, of those that there are, until the next source', async () => {
    const { player, engine, detach } = await setupPlaying();
    const quality = { id: 'q', width: 1, height: 1, bandwidth: 1, frameRate: null, codecs: null };
    engine().options.listener.onState({ qualities: [quality] });
    const choose = (id: string | null) => {
      player.actions.selectQuality(id);
      return player.getState().chosenQuality;
    };

    expect([choose('q'), choose('other'), choose(null), choose('q')]).toEqual(['q', 'q', null, 'q']);
    player.setSource(B);
    expect(player.getState().chosenQuality).toBeNull();
    detach();
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

describe('play()', () => {
  it('without a title resolves, and leaves the element alone, which would wait for one', async () => {
    const { player, media } = setupPlayer();
    await player.actions.play();
    player.attach(media);
    await player.actions.play();

    expect(media.play).not.toHaveBeenCalled();
  });

  it('of a title that has failed rejects with the reason', async () => {
    const { player, media, emit } = await setupPlaying();
    const error = new PlaybackError('segment-unavailable');
    emit((listener) => listener.onError(error));

    await expect(player.actions.play()).rejects.toBe(error);
    expect(media.play).not.toHaveBeenCalled();
  });

  it('of a title that is loading is for the element', async () => {
    const { player, media } = setupPlayer();
    player.setSource(A);
    player.attach(media);
    await player.actions.play();

    expect(media.play).toHaveBeenCalledOnce();
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
    const drm = (expiresAt: number): DrmState => ({
      keySystem: 'org.w3.clearkey',
      keyStatuses: [{ keyId: '0', status: 'usable' }],
      expiresAt,
      renewal: 'none',
    });
    listener.onState({ drm: drm(1) });
    const before = player.getState().drm;
    listener.onState({ drm: drm(2) });

    expect(player.getState().drm).not.toBe(before);
    expect(player.getState().drm.keyStatuses).toBe(before.keyStatuses);
  });

  it('is told to everyone, and playback goes on, where a listener throws', async () => {
    const { player, media, load } = setupPlayer();
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
