// @ts-expect-error: the types of Node are kept out of this package, so that its sources cannot lean on them.
import { setMaxListeners } from 'node:events';

import { beforeEach, describe, expect, it, vi } from 'vitest';

import type { MediaListener } from '../player/media-port.js';
import { createMediaElementPort } from './media-element-port.js';

/** The members of a media element that the port reads, on a plain EventTarget: there is no browser here. */
class ElementDouble extends EventTarget {
  currentTime = 0;
  duration = Number.NaN;
  volume = 1;
  muted = false;
  playbackRate = 1;
  paused = true;
  ended = false;
  seeking = false;
  readyState = 0;
  error: { code: number; message: string } | null = null;
  buffered = rangesOf();
  seekable = rangesOf();
  play = vi.fn(async () => {});
  pause = vi.fn();
}

function rangesOf(...ranges: [number, number][]) {
  return {
    length: ranges.length,
    start: (index: number) => ranges[index]?.[0] ?? Number.NaN,
    end: (index: number) => ranges[index]?.[1] ?? Number.NaN,
  };
}

function setup(change: Partial<ElementDouble> = {}) {
  const element = Object.assign(new ElementDouble(), change);
  const port = createMediaElementPort(element as unknown as HTMLMediaElement);
  const controller = new AbortController();
  // Node warns of more than ten listeners; browsers do not.
  setMaxListeners(50, controller.signal);
  const listener = {
    onState: vi.fn<MediaListener['onState']>(),
    onStatusEvent: vi.fn<MediaListener['onStatusEvent']>(),
    onLoadStart: vi.fn<MediaListener['onLoadStart']>(),
    onFirstFrame: vi.fn<MediaListener['onFirstFrame']>(),
    onError: vi.fn<MediaListener['onError']>(),
  };
  const fire = (type: string, after: Partial<ElementDouble> = {}) => {
    Object.assign(element, after);
    element.dispatchEvent(new Event(type));
  };

  return { element, port, controller, listener, fire };
}

function setupObserved(change?: Partial<ElementDouble>) {
  const kit = setup(change);
  kit.port.observe(kit.listener, kit.controller.signal);
  kit.listener.onState.mockClear();

  return kit;
}

beforeEach(() => {
  vi.stubGlobal('HTMLMediaElement', { HAVE_FUTURE_DATA: 3 });
  vi.stubGlobal('MediaError', { MEDIA_ERR_NETWORK: 2, MEDIA_ERR_SRC_NOT_SUPPORTED: 4 });
});

describe('a media port', () => {
  it('moves its element, within the bounds of a volume', async () => {
    const { element, port } = setup();
    await port.play();
    port.pause();
    port.seek(7);
    port.setMuted(true);
    port.setPlaybackRate(2);

    expect(element.play).toHaveBeenCalledOnce();
    expect(element.pause).toHaveBeenCalledOnce();
    expect(element).toMatchObject({ currentTime: 7, muted: true, playbackRate: 2 });
    for (const [given, taken] of [
      [0.5, 0.5],
      [-1, 0],
      [7, 1],
    ] as const) {
      port.setVolume(given);
      expect(element.volume).toBe(taken);
    }
  });

  it('reports the present state at once', () => {
    const { port, controller, listener } = setup({ volume: 0.3, muted: true, paused: false, currentTime: 4 });
    port.observe(listener, controller.signal);

    expect(listener.onState).toHaveBeenCalledExactlyOnceWith({
      currentTime: 4,
      duration: Number.NaN,
      buffered: [],
      seekable: [],
      volume: 0.3,
      muted: true,
      playbackRate: 1,
      paused: false,
    });
    expect(listener.onStatusEvent).not.toHaveBeenCalled();
  });

  it.each<[string, Partial<ElementDouble>, object]>([
    ['timeupdate', { currentTime: 3 }, { currentTime: 3, buffered: [], seekable: [] }],
    ['seeking', { currentTime: 9 }, { currentTime: 9 }],
    [
      'progress',
      { buffered: rangesOf([0, 2], [4, 6]) },
      {
        buffered: [
          { start: 0, end: 2 },
          { start: 4, end: 6 },
        ],
      },
    ],
    [
      'durationchange',
      { duration: 60, seekable: rangesOf([0, 60]) },
      { duration: 60, seekable: [{ start: 0, end: 60 }] },
    ],
    ['volumechange', { volume: 0.2, muted: true }, { volume: 0.2, muted: true }],
    ['ratechange', { playbackRate: 2 }, { playbackRate: 2 }],
    [
      'loadstart',
      { muted: true, volume: 0.5, playbackRate: 2 },
      { muted: true, volume: 0.5, playbackRate: 2 },
    ],
    ['play', { paused: false }, { paused: false }],
    ['pause', { paused: true }, { paused: true }],
    ['emptied', { paused: true, currentTime: 0 }, { paused: true, currentTime: 0, duration: Number.NaN }],
  ])('reads what `%s` may have changed', (type, change, expected) => {
    const { fire, listener } = setupObserved();
    fire(type, change);

    expect(listener.onState).toHaveBeenCalledOnce();
    expect(listener.onState.mock.calls[0]?.[0]).toMatchObject(expected);
  });

  it.each<[string, Partial<ElementDouble>, string[]]>([
    ['playing', { paused: false }, ['playing']],
    ['waiting', { paused: false }, ['stalled']],
    ['waiting', { paused: true }, []],
    ['ended', { ended: true }, ['ended']],
    ['pause', {}, ['paused']],
    ['pause', { ended: true }, []],
    ['seeked', { paused: true }, ['seeked-back']],
    ['seeked', { paused: false, readyState: 3 }, ['playing']],
    ['seeked', { paused: false, readyState: 2 }, []],
    ['seeked', { ended: true }, []],
  ])('tells `%s` with %o as %o', (type, change, expected) => {
    const { fire, listener } = setupObserved();
    fire(type, change);

    expect(listener.onStatusEvent.mock.calls.flat()).toEqual(expected);
  });

  it.each([
    [2, 'segment-unavailable'],
    [3, 'undecodable'],
    [4, 'media-unsupported'],
  ])('names media error %i %s, and keeps its redacted reason', (code, expected) => {
    const { fire, listener } = setupObserved();
    fire('error', { error: { code, message: 'DEMUXER: https://a.example/s.mp4?token=1' } });

    expect(listener.onError.mock.calls[0]?.[0]).toMatchObject({
      code: expected,
      engineCode: code,
      cause: { message: 'DEMUXER: https://a.example/…' },
    });
  });

  it('ignores an error event of something inside the element', () => {
    const { fire, listener } = setupObserved();
    fire('error');

    expect(listener.onError).not.toHaveBeenCalled();
  });

  it('hears nothing after the abort', () => {
    const { fire, listener, controller } = setupObserved();
    controller.abort();
    for (const type of ['timeupdate', 'playing', 'pause', 'emptied', 'seeked']) fire(type);
    fire('error', { error: { code: 3, message: '' } });

    for (const callback of Object.values(listener)) expect(callback).not.toHaveBeenCalled();
  });
});

describe('the first frame', () => {
  const withFrames = (element: ElementDouble) => {
    const callbacks: (() => void)[] = [];
    Object.assign(element, { requestVideoFrameCallback: (callback: () => void) => callbacks.push(callback) });
    return () => callbacks.splice(0).forEach((callback) => callback());
  };

  it('is told of once for what was loaded, where the browser tells of frames', () => {
    const { element, listener, fire } = setupObserved();
    const show = withFrames(element);
    show();
    expect(listener.onFirstFrame).not.toHaveBeenCalled();

    fire('loadedmetadata');
    show();
    fire('timeupdate', { paused: false, readyState: 4 });
    expect(listener.onFirstFrame).toHaveBeenCalledOnce();

    fire('loadedmetadata');
    show();
    expect(listener.onFirstFrame).toHaveBeenCalledTimes(2);
  });

  it('is told of when playback moves on, where it does not', () => {
    const { listener, fire } = setupObserved();
    fire('loadedmetadata');
    fire('timeupdate', { paused: true, readyState: 4 });
    fire('timeupdate', { paused: false, readyState: 2 });
    fire('timeupdate', { paused: false, readyState: 4, seeking: true });
    expect(listener.onFirstFrame).not.toHaveBeenCalled();

    fire('timeupdate', { seeking: false });
    expect(listener.onFirstFrame).toHaveBeenCalledOnce();
  });

  it('is not told of to those who no longer listen', () => {
    const { element, listener, controller, fire } = setupObserved();
    const show = withFrames(element);
    fire('loadedmetadata');
    controller.abort();
    show();

    expect(listener.onFirstFrame).not.toHaveBeenCalled();
  });
});

it('counts frames where the browser does, and says whether it seeks', () => {
  const { element, port } = setup();
  expect([port.countFrames(), port.isSeeking()]).toEqual([null, false]);

  const quality = { droppedVideoFrames: 3, totalVideoFrames: 100 };
  Object.assign(element, { seeking: true, getVideoPlaybackQuality: () => quality });
  expect([port.countFrames(), port.isSeeking()]).toEqual([{ dropped: 3, total: 100 }, true]);
});
