import { systemClock, type Clock } from '../clock/clock.js';
import { SnapshotStore } from '../snapshot/snapshot-store.js';
import { toSafeDetail, type TimelineDetail } from './timeline-detail.js';

/** What protected playback goes through, in the order in which a title first comes to it. */
export const DRM_STEPS = Object.freeze([
  'access',
  'keys',
  'certificate',
  'session',
  'challenge',
  'server',
  'update',
  'statuses',
] as const);

/**
 * One of them: a key system is found; its MediaKeys are made; the server certificate is fetched; a session is created; the
 * content decryption module writes its message; the license server answers; the module takes the answer in; the statuses
 * of the keys are known.
 */
export type DrmStep = (typeof DRM_STEPS)[number];

/** One step, as it went. Frozen. */
export interface TimelineEntry {
  readonly id: number;
  readonly step: DrmStep;
  /** Which session it was for, such as `s1`; never the session's own id. Null where it was for none. */
  readonly sessionLabel: string | null;
  /** Epoch milliseconds. */
  readonly startedAt: number;
  /** Epoch milliseconds; null while it is under way. */
  readonly endedAt: number | null;
  readonly outcome: 'pending' | 'ok' | 'failed';
  readonly detail: TimelineDetail;
}

/** A step that is under way. */
export interface OpenStep {
  /** Only the first call counts. What it adds to the detail is kept where it is safe. */
  end(outcome: 'ok' | 'failed', detail?: TimelineDetail): void;
}

/** Where steps are reported: a {@link DrmTimeline}, or whatever stands for one. Reporting never throws. */
export interface TimelineSink {
  /** Takes note that a step begins now. */
  begin(step: DrmStep, sessionLabel?: string | null, detail?: TimelineDetail): OpenStep;
  /** The name of one more session. */
  nameSession(): string;
}

/** A timeline as JSON. Times are milliseconds since `startedAt`. */
export interface TimelineDocument {
  readonly kind: 'drm-timeline';
  readonly version: 1;
  /** ISO 8601; null where there is no entry. */
  readonly startedAt: string | null;
  readonly entries: readonly {
    readonly step: DrmStep;
    readonly session: string | null;
    readonly atMs: number;
    readonly durationMs: number | null;
    readonly outcome: TimelineEntry['outcome'];
    readonly detail: TimelineDetail;
  }[];
}

/** Options of {@link DrmTimeline}. */
export interface DrmTimelineOptions {
  /** @default the clock of the machine */
  readonly clock?: Clock | undefined;
  /** How many entries are kept; the oldest go first. @default 200 */
  readonly limit?: number | undefined;
}

const LABEL = /^s\d{1,6}$/;
const NO_ENTRIES: readonly TimelineEntry[] = Object.freeze([]);

/**
 * What became of protection, step by step and with durations.
 *
 * It holds no secret: no token, key, license byte, URL or session id, whatever is reported to it. So it may be shown, logged
 * and exported as it is.
 */
export class DrmTimeline implements TimelineSink {
  readonly #clock: Clock;
  readonly #limit: number;
  /** Counts changes, for those who listen; the entries are kept beside it, as they were frozen. */
  readonly #changes = new SnapshotStore({ count: 0 });
  #entries = NO_ENTRIES;
  #lastId = 0;
  #sessions = 0;

  constructor({ clock = systemClock, limit = 200 }: DrmTimelineOptions = {}) {
    this.#clock = clock;
    this.#limit = limit;
  }

  /** The entries by their beginning; the same array while nothing changes. Bound, for `useSyncExternalStore`. */
  readonly getState = (): readonly TimelineEntry[] => this.#entries;

  /** Calls `listener` after each change, until the returned function is called. Bound too. */
  readonly subscribe = (listener: () => void): (() => void) => this.#changes.subscribe(listener);

  begin(step: DrmStep, sessionLabel: string | null = null, detail: TimelineDetail = {}): OpenStep {
    this.#lastId += 1;
    const id = this.#lastId;
    const entry: TimelineEntry = Object.freeze({
      id,
      step,
      // A session's own id, given by mistake, is not kept.
      sessionLabel: sessionLabel !== null && LABEL.test(sessionLabel) ? sessionLabel : null,
      startedAt: this.#clock.now(),
      endedAt: null,
      outcome: 'pending',
      detail: toSafeDetail(detail),
    });
    this.#set([...this.getState(), entry].slice(-this.#limit));

    return { end: (outcome, more = {}) => this.#end(id, outcome, more) };
  }

  nameSession(): string {
    this.#sessions += 1;
    return `s${this.#sessions}`;
  }

  /** Forgets everything; steps that are under way are not told of any more. */
  clear(): void {
    this.#sessions = 0;
    if (this.#entries.length > 0) this.#set(NO_ENTRIES);
  }

  toJSON(): TimelineDocument {
    const entries = this.getState();
    const start = entries[0]?.startedAt;

    return {
      kind: 'drm-timeline',
      version: 1,
      startedAt: start === undefined ? null : new Date(start).toISOString(),
      entries: entries.map(({ step, sessionLabel, startedAt, endedAt, outcome, detail }) => ({
        step,
        session: sessionLabel,
        atMs: startedAt - (start ?? startedAt),
        durationMs: endedAt === null ? null : endedAt - startedAt,
        outcome,
        detail,
      })),
    };
  }

  #end(id: number, outcome: 'ok' | 'failed', more: TimelineDetail): void {
    const entries = this.getState();
    const isOpen = entries.some((entry) => entry.id === id && entry.endedAt === null);
    if (!isOpen) return;

    const endedAt = this.#clock.now();
    this.#set(
      entries.map((entry) =>
        entry.id === id
          ? Object.freeze({ ...entry, endedAt, outcome, detail: toSafeDetail({ ...entry.detail, ...more }) })
          : entry,
      ),
    );
  }

  #set(entries: readonly TimelineEntry[]): void {
    this.#entries = Object.freeze(entries);
    this.#changes.patch({ count: this.#changes.getState().count + 1 });
  }
}
