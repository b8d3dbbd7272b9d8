import type { PlayerState } from './player-state.js';
import { wishesToKeep, type TrackWishes } from './track-wishes.js';

/** Where and how a load goes on. */
export interface Resumption {
  /** Seconds; undefined for where the source begins, or the live edge. */
  readonly startTime: number | undefined;
  /** Whether to play; undefined leaves it to the element, which may play by itself. */
  readonly play: boolean | undefined;
  /** Undefined for what the element falls back to when it loads. */
  readonly playbackRate: number | undefined;
  /** Undefined for what the page prefers. */
  readonly wishes: TrackWishes | undefined;
}

/** The load of a source that has not been played. */
export const FROM_THE_START: Resumption = Object.freeze({
  startTime: undefined,
  play: undefined,
  playbackRate: undefined,
  wishes: undefined,
});

/** How to go on from what a viewer sees now, whatever of it the page, the viewer or the engine chose. */
export function resumptionAt(state: PlayerState, play: boolean | undefined): Resumption {
  const { currentTime, live, playbackRate } = state;

  return {
    startTime: currentTime > 0 && !live ? currentTime : undefined,
    play,
    playbackRate,
    wishes: wishesToKeep(state),
  };
}
