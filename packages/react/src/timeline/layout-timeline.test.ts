import type { TimelineEntry } from '@secure-player/core';
import { describe, expect, it } from 'vitest';

import { layoutTimeline } from './layout-timeline.js';

function entry(id: number, startedAt: number, endedAt: number | null): TimelineEntry {
  const outcome = endedAt === null ? 'pending' : 'ok';
  return { id, step: 'server', sessionLabel: null, startedAt, endedAt, outcome, detail: {} };
}

describe('a layout', () => {
  it('puts bars where they begin, as long as they last', () => {
    const rows = layoutTimeline([entry(1, 1_000, 1_100), entry(2, 1_050, 1_200)]);

    expect(rows.map(({ start, length, durationMs, gapMs }) => [start, length, durationMs, gapMs])).toEqual([
      [0, 0.5, 100, null],
      [0.25, 0.75, 150, null],
    ]);
  });

  it('draws a long time without steps short, and says how long it was', () => {
    const [, later] = layoutTimeline([entry(1, 0, 100), entry(2, 3_600_000, 3_600_250)]);

    expect(later).toMatchObject({ start: 0.5, length: 0.5, durationMs: 250, gapMs: 3_599_900 });
  });

  it('lets what is under way go to the end', () => {
    const [pending] = layoutTimeline([entry(1, 0, null), entry(2, 50, 100)]);

    expect(pending).toMatchObject({ start: 0, length: 1, durationMs: null });
  });

  it('goes by the beginning, whatever the order', () => {
    const rows = layoutTimeline([entry(2, 10, 20), entry(1, 0, 20)]);

    expect(rows.map((row) => row.entry.id)).toEqual([1, 2]);
  });

  it('of moments alone stays on the scale', () => {
    expect(layoutTimeline([entry(1, 5, 5)])).toMatchObject([{ start: 0, length: 0 }]);
    expect(layoutTimeline([])).toEqual([]);
  });
});
