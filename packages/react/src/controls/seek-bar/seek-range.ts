import type { PlayerState, TimeSpan } from '@secure-player/core';

/** How far from the end of what there is a live stream still counts as live: segments come in steps. */
const EDGE_SECONDS = 12;

/** What can be sought: the whole title, or the window of a live stream. Null before it is known. */
export function seekRangeOf({
  live,
  duration,
  seekable,
}: Pick<PlayerState, 'live' | 'duration' | 'seekable'>): TimeSpan | null {
  if (!live) return Number.isFinite(duration) && duration > 0 ? { start: 0, end: duration } : null;

  const [first] = seekable;
  const last = seekable.at(-1);
  return first && last && last.end > first.start ? { start: first.start, end: last.end } : null;
}

/** A time within a range. */
export function clampTime(seconds: number, { start, end }: TimeSpan): number {
  return Math.min(end, Math.max(start, seconds));
}

/** Where a time lies in a range, 0 to 1. */
export function toFraction(seconds: number, range: TimeSpan): number {
  return (clampTime(seconds, range) - range.start) / (range.end - range.start);
}

/** The time at a fraction of a range. */
export function timeAt(fraction: number, { start, end }: TimeSpan): number {
  return start + Math.min(1, Math.max(0, fraction)) * (end - start);
}

/** Seconds behind the live edge; 0 at the edge, and for what is not live. */
export function secondsBehindLive(state: PlayerState): number {
  const range = state.live ? seekRangeOf(state) : null;
  const behind = range ? range.end - state.currentTime : 0;

  return behind > EDGE_SECONDS ? behind : 0;
}
