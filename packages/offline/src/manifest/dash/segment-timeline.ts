import { ManifestError } from '../manifest-error.js';
import { childrenOf, integerOf } from './mpd-element.js';
import type { Element } from '@xmldom/xmldom';

/** A segment's place, in units of the timescale. */
export interface TimelineEntry {
  readonly time: number;
  readonly duration: number;
}

/** A day in segments of a second: what describes more is hostile, or no film. */
export const MAX_SEGMENTS = 86_400;

/**
 * The segments of a `SegmentTimeline` (ISO/IEC 23009-1 section 5.3.9.6). `end` is where the period ends, for a last entry that
 * repeats until then.
 */
export function readSegmentTimeline(timeline: Element, end: number): TimelineEntry[] {
  const entries: TimelineEntry[] = [];
  const elements = childrenOf(timeline, 'S');
  let time = 0;

  for (const [index, element] of elements.entries()) {
    const duration = integerOf(element, 'd');
    if (duration === null || duration <= 0) {
      throw new ManifestError('malformed', 'A segment of a SegmentTimeline has no duration.');
    }
    time = integerOf(element, 't') ?? time;
    const next = elements[index + 1];
    const until = (next && integerOf(next, 't')) ?? end;
    const repeat = integerOf(element, 'r') ?? 0;
    const count = repeat >= 0 ? repeat + 1 : Math.ceil((until - time) / duration);
    if (!(entries.length + count <= MAX_SEGMENTS)) {
      throw new ManifestError('unsupported', `A SegmentTimeline has more than ${MAX_SEGMENTS} segments.`);
    }
    for (let number = 0; number < count; number += 1) {
      entries.push({ time, duration });
      time += duration;
    }
  }

  return entries;
}
