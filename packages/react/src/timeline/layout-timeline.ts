import type { TimelineEntry } from '@secure-player/core';

/** Where an entry's bar lies on the drawn scale. */
export interface TimelineRow {
  readonly entry: TimelineEntry;
  /** 0 to 1. */
  readonly start: number;
  /** 0 to 1, of the whole scale. */
  readonly length: number;
  /** Milliseconds; null while it is under way. */
  readonly durationMs: number | null;
  /** Milliseconds without any step before this one, where the scale leaves them out. */
  readonly gapMs: number | null;
}

/** A time without steps that is longer is drawn as if it were this long: a renewal may come an hour after the first license. */
const MAX_GAP_MS = 150;

/** Lays entries out on one scale. Of a step that is under way nothing is known but its beginning: its bar goes to the end. */
export function layoutTimeline(entries: readonly TimelineEntry[]): readonly TimelineRow[] {
  const sorted = [...entries].sort((one, other) => one.startedAt - other.startedAt || one.id - other.id);
  let reached = sorted[0]?.startedAt ?? 0;
  let left = 0;

  const placed = sorted.map((entry) => {
    const gap = entry.startedAt - reached;
    const isLong = gap > MAX_GAP_MS;
    if (isLong) left += gap - MAX_GAP_MS;
    reached = Math.max(reached, entry.endedAt ?? entry.startedAt);

    return { entry, from: entry.startedAt - left, end: entry.endedAt, left, gapMs: isLong ? gap : null };
  });
  const first = placed[0]?.from ?? 0;
  const last = reached - left;
  const whole = Math.max(1, last - first);

  return placed.map(({ entry, from, end, left: cut, gapMs }) => ({
    entry,
    start: (from - first) / whole,
    length: ((end === null ? last : end - cut) - from) / whole,
    durationMs: end === null ? null : end - entry.startedAt,
    gapMs,
  }));
}
