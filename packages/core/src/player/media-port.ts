import type { PlaybackError } from '../error/playback-error.js';
import type { PlayerState } from './player-state.js';
import type { StatusEvent } from './player-status.js';

/** The slices of a player's state that the media element knows. */
export type MediaState = Pick<
  PlayerState,
  'currentTime' | 'duration' | 'buffered' | 'seekable' | 'paused' | 'volume' | 'muted' | 'playbackRate'
>;

/** What a media element tells the player. */
export interface MediaListener {
  onState(change: Partial<MediaState>): void;
  onStatusEvent(
    event: Exclude<StatusEvent, 'cleared' | 'load-started' | 'loaded' | 'failed' | 'readmitted'>,
  ): void;
  /** The element turns to other media; a `pause` now keeps it from playing them by itself. */
  onLoadStart(): void;
  /** The first frame of what was loaded is on screen. */
  onFirstFrame(): void;
  /** The element gave up on its media. */
  onError(error: PlaybackError): void;
}

/** A media element as core sees it, without the DOM: the port that `core/dom` implements. */
export interface MediaPort {
  readonly element: unknown;
  /** Listens until `signal` is aborted, and reports the present state at once. */
  observe(listener: MediaListener, signal: AbortSignal): void;
  /** Whether the element is on its way to another position. */
  isSeeking(): boolean;
  /** How many frames were decoded of what is loaded, and came too late to be shown; null where nobody counts. */
  countFrames(): { readonly dropped: number; readonly total: number } | null;
  /** Rejects where the browser does not allow playback without a gesture. */
  play(): Promise<void>;
  pause(): void;
  seek(seconds: number): void;
  setVolume(volume: number): void;
  setMuted(muted: boolean): void;
  setPlaybackRate(rate: number): void;
}

/** What holds of an element whatever it plays. */
export function withoutSource({
  paused,
  volume,
  muted,
  playbackRate,
}: Partial<MediaState>): Partial<MediaState> {
  return {
    ...(paused !== undefined && { paused }),
    ...(volume !== undefined && { volume }),
    ...(muted !== undefined && { muted }),
    ...(playbackRate !== undefined && { playbackRate }),
  };
}
