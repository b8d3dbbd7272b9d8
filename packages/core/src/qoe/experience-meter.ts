import type { Clock } from '../clock/clock.js';
import type { MediaPort } from '../player/media-port.js';
import type { PlayerState } from '../player/player-state.js';
import { SnapshotStore } from '../snapshot/snapshot-store.js';
import type { TimelineEntry } from '../timeline/drm-timeline.js';
import { drmTimeBetween } from './drm-time.js';
import {
  countPlayback,
  NO_TALLY,
  settlePlayback,
  type PlaybackTally,
  type PlaybackTallyEvent,
} from './playback-tally.js';

/** How playback is for the viewer, since the present source began to load. */
export interface QualityOfExperience {
  /** Milliseconds from the beginning of the load; null before the first frame. */
  readonly timeToFirstFrameMs: number | null;
  /** For how much of it a step of protection was under way, 0 to 1; null before the first frame. */
  readonly drmShare: number | null;
  /** How often the picture stopped for want of data; neither at the beginning nor after a seek. */
  readonly rebufferCount: number;
  readonly rebufferSeconds: number;
  /** The part of the time with a picture to see that was spent so, 0 to 1. */
  readonly rebufferRatio: number;
  /** Frames that came too late to be shown, of `totalFrames`; null where the browser does not count. */
  readonly droppedFrames: number | null;
  readonly totalFrames: number | null;
  /** How often another rendition was chosen, by the viewer or to suit the network. */
  readonly qualitySwitches: number;
}

/** The figures of a player that has played nothing. */
export const NO_EXPERIENCE: QualityOfExperience = Object.freeze({
  timeToFirstFrameMs: null,
  drmShare: null,
  rebufferCount: 0,
  rebufferSeconds: 0,
  rebufferRatio: 0,
  droppedFrames: null,
  totalFrames: null,
  qualitySwitches: 0,
});

/**
 * Counts how playback is for the viewer. Its snapshot changes with what happens, and not while playback goes on as it does;
 * `measure` reads all of it as it is now.
 */
export class ExperienceMeter {
  readonly #clock: Clock;
  readonly #timeline: () => readonly TimelineEntry[];
  readonly #store = new SnapshotStore(NO_EXPERIENCE);
  #media: MediaPort | null = null;
  #tally: PlaybackTally = NO_TALLY;

  constructor(clock: Clock, timeline: () => readonly TimelineEntry[]) {
    this.#clock = clock;
    this.#timeline = timeline;
  }

  readonly getState = (): QualityOfExperience => this.#store.getState();
  readonly subscribe = (listener: () => void): (() => void) => this.#store.subscribe(listener);

  /** The figures as they are at this moment, whatever goes on. */
  readonly measure = (): QualityOfExperience => {
    const tally = settlePlayback(this.#tally, this.#clock.now());
    const { loadedAt, firstFrameAt, drmMs, rebufferMs, playedMs } = tally;
    const firstFrameMs = loadedAt === null || firstFrameAt === null ? null : firstFrameAt - loadedAt;
    const frames = loadedAt === null ? null : this.#media?.countFrames();

    return Object.freeze({
      timeToFirstFrameMs: firstFrameMs,
      drmShare: firstFrameMs === null ? null : shareOf(drmMs, firstFrameMs),
      rebufferCount: tally.rebufferCount,
      rebufferSeconds: rebufferMs / 1000,
      rebufferRatio: shareOf(rebufferMs, rebufferMs + playedMs),
      droppedFrames: frames?.dropped ?? null,
      totalFrames: frames?.total ?? null,
      qualitySwitches: tally.qualitySwitches,
    });
  };

  /** Takes note that a source begins to load, or that there is none. */
  startLoad(media: MediaPort, hasSource: boolean): void {
    this.#media = media;
    this.#count({ type: 'load-started', at: this.#clock.now(), hasSource });
  }

  /** Takes note that the first frame of the source is on screen. */
  noteFirstFrame(): void {
    const { loadedAt } = this.#tally;
    const at = this.#clock.now();
    this.#count({ type: 'first-frame', at, drmMs: drmTimeBetween(this.#timeline(), loadedAt ?? at, at) });
  }

  /** Takes note of the player's state, if anything in it is of account. */
  read({ status, quality }: PlayerState): void {
    const qualityId = quality?.id ?? null;
    if (qualityId !== null && qualityId !== this.#tally.qualityId) {
      this.#count({ type: 'quality-changed', qualityId });
    }
    if (status !== this.#tally.status) {
      const isSeeking = this.#media?.isSeeking() ?? false;
      this.#count({ type: 'status-changed', at: this.#clock.now(), status, isSeeking });
    }
  }

  #count(event: PlaybackTallyEvent): void {
    this.#tally = countPlayback(this.#tally, event);
    this.#store.patch(this.measure());
  }
}

function shareOf(part: number, whole: number): number {
  return whole > 0 ? part / whole : 0;
}
