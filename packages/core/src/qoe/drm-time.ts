import type { TimelineEntry } from '../timeline/drm-timeline.js';

/**
 * For how many milliseconds between two times any step of protection was under way: steps that overlap count once. It is
 * not what protection adds, as segments are fetched meanwhile.
 *
 * `statuses` is left out: a picture does not wait until they are told.
 */
export function drmTimeBetween(entries: readonly TimelineEntry[], from: number, to: number): number {
  const spans = entries
    .filter(({ step }) => step !== 'statuses')
    .map(({ startedAt, endedAt }) => [Math.max(startedAt, from), Math.min(endedAt ?? to, to)] as const)
    .sort(([one], [other]) => one - other);
  let [total, reached] = [0, from];

  for (const [start, end] of spans) {
    total += Math.max(0, end - Math.max(start, reached));
    reached = Math.max(reached, end);
  }

  return total;
}
