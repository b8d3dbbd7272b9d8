import type { PlaybackErrorCode } from '../error/error-table.js';
import { PlaybackError } from '../error/playback-error.js';
import type { MediaListener, MediaPort, MediaState } from '../player/media-port.js';
import type { TimeSpan } from '../player/player-state.js';

/** Makes the port through which a player reads and moves a media element. */
export function createMediaElementPort(element: HTMLMediaElement): MediaPort {
  return {
    element,
    observe: (listener, signal) => observe(element, listener, signal),
    isSeeking: () => element.seeking,
    countFrames: () => countFrames(element),
    play: () => element.play(),
    pause: () => element.pause(),
    seek: (seconds) => {
      element.currentTime = seconds;
    },
    setVolume: (volume) => {
      element.volume = Math.min(1, Math.max(0, volume));
    },
    setMuted: (muted) => {
      element.muted = muted;
    },
    setPlaybackRate: (rate) => {
      element.playbackRate = rate;
    },
  };
}

/** Which slices each event of a media element may have changed. */
const READERS_BY_EVENT: Readonly<Record<string, (element: HTMLMediaElement) => Partial<MediaState>>> = {
  // A load drops the events that the element has queued: what changed just before it would go unheard.
  loadstart: ({ volume, muted, playbackRate }) => ({ volume, muted, playbackRate }),
  timeupdate: readPosition,
  seeking: readPosition,
  seeked: readPosition,
  progress: ({ buffered }) => ({ buffered: toSpans(buffered) }),
  // An element that is emptied goes back to paused without a `pause` event.
  emptied: (element) => ({ ...readPosition(element), duration: element.duration, paused: element.paused }),
  durationchange: ({ duration, seekable }) => ({ duration, seekable: toSpans(seekable) }),
  loadedmetadata: ({ duration, seekable }) => ({ duration, seekable: toSpans(seekable) }),
  volumechange: ({ volume, muted }) => ({ volume, muted }),
  ratechange: ({ playbackRate }) => ({ playbackRate }),
  play: ({ paused }) => ({ paused }),
  pause: ({ paused }) => ({ paused }),
  playing: ({ paused }) => ({ paused }),
};

function observe(element: HTMLMediaElement, listener: MediaListener, signal: AbortSignal): void {
  for (const [event, read] of Object.entries(READERS_BY_EVENT)) {
    element.addEventListener(event, () => listener.onState(read(element)), { signal });
  }

  const on = (event: string, act: () => void) => element.addEventListener(event, act, { signal });
  watchFirstFrame(element, () => listener.onFirstFrame(), signal);
  on('loadstart', () => listener.onLoadStart());
  on('playing', () => listener.onStatusEvent('playing'));
  on('ended', () => listener.onStatusEvent('ended'));
  on('waiting', () => {
    // A seek while paused waits too, but the viewer waits for nothing.
    if (!element.paused) listener.onStatusEvent('stalled');
  });
  on('pause', () => {
    // At the end an element reports `pause` just before `ended`.
    if (!element.ended) listener.onStatusEvent('paused');
  });
  on('seeked', () => {
    if (element.ended) return;
    if (element.paused) listener.onStatusEvent('seeked-back');
    // A seek within the buffer while playing reports `waiting` and then no `playing` in every browser.
    else if (element.readyState >= HTMLMediaElement.HAVE_FUTURE_DATA) listener.onStatusEvent('playing');
  });
  on('error', () => {
    if (element.error) listener.onError(errorOf(element.error));
  });

  const { duration, volume, muted, playbackRate, paused } = element;
  listener.onState({ ...readPosition(element), duration, volume, muted, playbackRate, paused });
}

/** A tab in the background shows no frame, and a browser may not tell of frames: then it is told when playback moves on. */
function watchFirstFrame(element: HTMLMediaElement, act: () => void, signal: AbortSignal): void {
  let isAwaited = false;
  const tell = () => {
    if (!isAwaited || signal.aborted) return;

    isAwaited = false;
    act();
  };

  element.addEventListener(
    'loadedmetadata',
    () => {
      isAwaited = true;
      if ('requestVideoFrameCallback' in element)
        (element as HTMLVideoElement).requestVideoFrameCallback(tell);
    },
    { signal },
  );
  element.addEventListener(
    'timeupdate',
    () => {
      if (!element.paused && !element.seeking && element.readyState >= HTMLMediaElement.HAVE_FUTURE_DATA)
        tell();
    },
    { signal },
  );
}

function countFrames(element: HTMLMediaElement): ReturnType<MediaPort['countFrames']> {
  if (!('getVideoPlaybackQuality' in element)) return null;

  const { droppedVideoFrames, totalVideoFrames } = (element as HTMLVideoElement).getVideoPlaybackQuality();
  return { dropped: droppedVideoFrames, total: totalVideoFrames };
}

function readPosition({ currentTime, buffered, seekable }: HTMLMediaElement): Partial<MediaState> {
  return { currentTime, buffered: toSpans(buffered), seekable: toSpans(seekable) };
}

function toSpans(ranges: TimeRanges): TimeSpan[] {
  return Array.from({ length: ranges.length }, (_, index) => ({
    start: ranges.start(index),
    end: ranges.end(index),
  }));
}

/** What each code of `MediaError` means: 1 aborted, 2 network, 3 decode, 4 not supported (HTML standard). */
export const MEDIA_ERROR_TABLE: Readonly<Record<1 | 2 | 3 | 4, PlaybackErrorCode>> = {
  1: 'aborted',
  2: 'segment-unavailable',
  3: 'undecodable',
  4: 'media-unsupported',
};

function errorOf(error: MediaError): PlaybackError {
  const code = MEDIA_ERROR_TABLE[error.code as keyof typeof MEDIA_ERROR_TABLE] ?? 'undecodable';

  return new PlaybackError(code, { engineCode: error.code, cause: error });
}
