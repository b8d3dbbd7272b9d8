import type { PlayerStatus } from '../player/player-status.js';

/** What is counted of one load. Times are epoch milliseconds. */
export interface PlaybackTally {
  /** Null while there is no source. */
  readonly loadedAt: number | null;
  readonly firstFrameAt: number | null;
  /** How much of the way to the first frame a step of protection was under way. */
  readonly drmMs: number;
  readonly status: PlayerStatus;
  /** Since when the status is this one. */
  readonly since: number;
  /** Whether the viewer waits now for what should have been there: not for the beginning, nor after a seek. */
  readonly isRebuffering: boolean;
  readonly rebufferCount: number;
  readonly rebufferMs: number;
  readonly playedMs: number;
  readonly qualityId: string | null;
  readonly qualitySwitches: number;
}

/** What happens to a load that is of account. */
export type PlaybackTallyEvent =
  | { readonly type: 'load-started'; readonly at: number; readonly hasSource: boolean }
  | { readonly type: 'first-frame'; readonly at: number; readonly drmMs: number }
  | {
      readonly type: 'status-changed';
      readonly at: number;
      readonly status: PlayerStatus;
      readonly isSeeking: boolean;
    }
  | { readonly type: 'quality-changed'; readonly qualityId: string | null };

/** Nothing counted. */
export const NO_TALLY: PlaybackTally = Object.freeze({
  loadedAt: null,
  firstFrameAt: null,
  drmMs: 0,
  status: 'idle',
  since: 0,
  isRebuffering: false,
  rebufferCount: 0,
  rebufferMs: 0,
  playedMs: 0,
  qualityId: null,
  qualitySwitches: 0,
});

/** The tally after an event. */
export function countPlayback(tally: PlaybackTally, event: PlaybackTallyEvent): PlaybackTally {
  switch (event.type) {
    case 'load-started': {
      const { at, hasSource } = event;
      return { ...NO_TALLY, since: at, ...(hasSource && { loadedAt: at, status: 'loading' }) };
    }
    case 'first-frame': {
      if (tally.loadedAt === null || tally.firstFrameAt !== null) return tally;
      return { ...tally, firstFrameAt: event.at, drmMs: event.drmMs };
    }
    case 'status-changed': {
      const { status, at, isSeeking } = event;
      const isRebuffering = status === 'buffering' && tally.firstFrameAt !== null && !isSeeking;
      return {
        ...settlePlayback(tally, at),
        status,
        isRebuffering,
        rebufferCount: tally.rebufferCount + Number(isRebuffering),
      };
    }
    case 'quality-changed': {
      const { qualityId } = event;
      const isSwitch = tally.qualityId !== null && qualityId !== null && qualityId !== tally.qualityId;
      return {
        ...tally,
        qualityId: qualityId ?? tally.qualityId,
        qualitySwitches: tally.qualitySwitches + Number(isSwitch),
      };
    }
    default:
      return event satisfies never;
  }
}

/** Counts in the time for which the status has been what it is. */
export function settlePlayback(tally: PlaybackTally, at: number): PlaybackTally {
  const passed = Math.max(0, at - tally.since);

  return {
    ...tally,
    since: at,
    playedMs: tally.playedMs + (tally.status === 'playing' ? passed : 0),
    rebufferMs: tally.rebufferMs + (tally.isRebuffering ? passed : 0),
  };
}
