import { describe, expect, it } from 'vitest';

import { PlaybackError } from '../error/playback-error.js';
import { turn } from '../testing/manual-clock.js';
import { B, setupPlaying } from '../testing/setup-player.js';
import type { MediaTrack, Quality } from './player-state.js';
import { SUSPENSION_MS } from './suspension.js';

const quality = (id: string, height: number): Quality => ({
  id,
  width: 1,
  height,
  bandwidth: height,
  frameRate: null,
  codecs: null,
});
const track = (id: string, language: string, active = false): MediaTrack => ({
  id,
  language,
  label: null,
  kind: null,
  active,
});

/** A film whose viewer has chosen Spanish sound and captions, 360p and a rate of 1.5, and how to load it again. */
async function setupChosen() {
  const kit = await setupPlaying();
  kit.engine().options.listener.onState({
    qualities: [quality('hd', 720), quality('sd', 360)],
    audioTracks: [track('1', 'en'), track('2', 'es', true)],
    textTracks: [track('3', 'en'), track('4', 'es', true)],
  });
  kit.player.actions.selectQuality('sd');
  kit.emit((listener) => listener.onState({ playbackRate: 1.5 }));
  kit.media.pause.mockImplementation(() => kit.emit((listener) => listener.onState({ paused: true })));

  /** The source is loaded another time, and its tracks are numbered otherwise. */
  const finishLoad = async () => {
    await turn();
    kit.emit((listener) => {
      listener.onLoadStart();
      listener.onState({ playbackRate: 1 });
    });
    kit.engine().options.listener.onState({
      qualities: [quality('high', 720), quality('low', 360)],
      audioTracks: [track('11', 'es'), track('12', 'en', true)],
      textTracks: [track('13', 'es'), track('14', 'en')],
    });
    kit.load().resolve();
    await turn();
  };

  return { ...kit, finishLoad };
}

type Kit = Awaited<ReturnType<typeof setupChosen>>;

const RELOADS: Readonly<Record<string, (kit: Kit) => void>> = {
  'a retry after an error': ({ player, emit, emptied }) => {
    emit((listener) => listener.onError(new PlaybackError('segment-unavailable')));
    emptied();
    player.actions.retry();
  },
  'protection that is set up anew': ({ engine }) =>
    engine().options.listener.onError(new PlaybackError('drm-setup-failed')),
  'a renewal after the license has ended': ({ player, engine }) => {
    engine().renewLicense.mockRejectedValue(new PlaybackError('key-expired'));
    void player.actions.renewLicense();
  },
};

describe.each(Object.entries(RELOADS))('%s', (_, reload) => {
  it('keeps what the viewer has chosen', async () => {
    const kit = await setupChosen();
    reload(kit);
    await kit.finishLoad();

    const { engine, media, player } = kit;
    expect(engine().loads.at(-1)?.audio[0]).toEqual({ language: 'es', kind: null, label: null });
    expect(engine().selectTextTrack).toHaveBeenCalledExactlyOnceWith('13');
    expect(engine().selectQuality).toHaveBeenLastCalledWith('low');
    expect(player.getState().chosenQuality).toBe('low');
    expect(media.setPlaybackRate).toHaveBeenCalledExactlyOnceWith(1.5);
    expect(media.pause).not.toHaveBeenCalled();
    expect(media.play).toHaveBeenCalledOnce();
  });

  it('leaves paused what the viewer had paused, also where the element would play by itself', async () => {
    const kit = await setupChosen();
    kit.emit((listener) => listener.onState({ paused: true }));
    reload(kit);
    await kit.finishLoad();
    expect(kit.media.pause).toHaveBeenCalledOnce();

    reload(kit);
    await kit.finishLoad();
    expect(kit.media.pause).toHaveBeenCalledTimes(2);
    expect(kit.media.play).not.toHaveBeenCalled();
  });
});

describe('hidden for long and shown again', () => {
  const hide = async (kit: Kit) => {
    kit.detach({ keep: true });
    await turn();
    kit.media.pause.mockClear();
    kit.clock.advance(SUSPENSION_MS);
    kit.player.attach(kit.media);
  };

  it('keeps what the viewer has chosen, and plays on', async () => {
    const kit = await setupChosen();
    await hide(kit);
    await kit.finishLoad();

    expect(kit.load().audio[0]).toMatchObject({ language: 'es' });
    expect(kit.engine().selectTextTrack).toHaveBeenCalledExactlyOnceWith('13');
    expect(kit.player.getState().chosenQuality).toBe('low');
    expect(kit.media.setPlaybackRate).toHaveBeenCalledExactlyOnceWith(1.5);
    expect(kit.media.play).toHaveBeenCalledOnce();
  });

  it('does not start what the viewer had paused', async () => {
    const kit = await setupChosen();
    kit.emit((listener) => listener.onState({ paused: true }));
    await hide(kit);
    await kit.finishLoad();

    expect(kit.media.pause).toHaveBeenCalledOnce();
    expect(kit.media.play).not.toHaveBeenCalled();
  });

  it('lets a viewer who presses play meanwhile have their way', async () => {
    const kit = await setupChosen();
    kit.emit((listener) => listener.onState({ paused: true }));
    await hide(kit);
    await turn();
    kit.emit((listener) => listener.onState({ paused: false }));
    await kit.finishLoad();

    expect(kit.media.pause).not.toHaveBeenCalled();
  });
});

describe('begins afresh:', () => {
  it('another source', async () => {
    const kit = await setupChosen();
    kit.emit((listener) => listener.onState({ paused: true }));
    kit.player.setSource(B);
    await kit.finishLoad();

    expect(kit.load().audio).toEqual([]);
    expect(kit.engine().selectTextTrack).not.toHaveBeenCalled();
    expect(kit.player.getState().chosenQuality).toBeNull();
    expect(kit.media.setPlaybackRate).not.toHaveBeenCalled();
    expect(kit.media.pause).not.toHaveBeenCalled();
  });

  it('autoplay that had not begun when the load failed', async () => {
    const { player, emit, media, load } = await setupPlaying();
    player.setSource(B);
    await turn();
    load().resolve();
    await turn();
    emit((listener) => listener.onError(new PlaybackError('segment-unavailable')));
    player.actions.retry();
    await turn();
    emit((listener) => listener.onLoadStart());

    expect(media.pause).not.toHaveBeenCalled();
  });
});

it('a load that fails, tried again, still has what was chosen before it', async () => {
  const kit = await setupChosen();
  kit.emit((listener) => listener.onError(new PlaybackError('segment-unavailable')));
  kit.player.actions.retry();
  await turn();
  kit.load().reject(new PlaybackError('manifest-unreachable'));
  await turn();
  kit.player.actions.retry();
  await kit.finishLoad();

  expect(kit.engine().selectTextTrack).toHaveBeenCalledExactlyOnceWith('13');
  expect(kit.player.getState().chosenQuality).toBe('low');
});
