import { describe, expect, it } from 'vitest';

import type { AnswerRow } from '../answers/answer-row.js';
import type { ByteRange } from '../manifest/media-track.js';
import type { PlannedResource } from '../plan/planned-title.js';
import { missingParts, PART_BYTES } from './missing-parts.js';

const resource = (kind: PlannedResource['kind'], range: ByteRange | null = null): PlannedResource => ({
  kind,
  url: 'https://cdn.example/a',
  range,
  seconds: 4,
  expectedBytes: 100,
});
const row = (start: number, end: number, facts: Partial<AnswerRow> = {}): AnswerRow => ({
  pack: 'p',
  url: 'https://cdn.example/a',
  start,
  end,
  isWhole: false,
  fileBytes: null,
  offset: 0,
  length: end - start + 1,
  sha256: new ArrayBuffer(32),
  etag: null,
  contentType: null,
  finalUrl: 'https://cdn.example/a',
  isDamaged: false,
  ...facts,
});
const ranges = (of: PlannedResource, rows: readonly AnswerRow[]) =>
  missingParts(of, rows).map(({ range }) => range && [range.start, range.end]);

describe('a segment', () => {
  it('is missing whole, or not at all', () => {
    expect(ranges(resource('segment'), [])).toEqual([null]);
    expect(ranges(resource('segment'), [row(0, 9, { isWhole: true })])).toEqual([]);
  });

  it('is missing when it is damaged', () => {
    expect(ranges(resource('segment'), [row(0, 9, { isWhole: true, isDamaged: true })])).toEqual([null]);
  });
});

describe('a range', () => {
  it('is missing where no part covers it', () => {
    const range = { start: 100, end: 299 };
    expect(ranges(resource('segment', range), [])).toEqual([[100, 299]]);
    expect(ranges(resource('segment', range), [row(100, 149), row(200, 249)])).toEqual([
      [150, 199],
      [250, 299],
    ]);
    expect(ranges(resource('segment', range), [row(50, 400)])).toEqual([]);
  });

  it('does not reach past the end of its file', () => {
    const rows = [row(0, 99, { fileBytes: 250 })];
    expect(ranges(resource('segment', { start: 100, end: 999 }), rows)).toEqual([[100, 249]]);
  });
});

describe('a file', () => {
  it('of unknown length begins with a part that tells it', () => {
    expect(missingParts(resource('file'), [])).toEqual([
      { resource: resource('file'), range: { start: 0, end: PART_BYTES - 1 }, isProbe: true },
    ]);
  });

  it('is fetched in parts once its length is known', () => {
    const fileBytes = 2 * PART_BYTES + 10;
    const first = row(0, PART_BYTES - 1, { fileBytes });
    expect(ranges(resource('file'), [first])).toEqual([
      [PART_BYTES, 2 * PART_BYTES - 1],
      [2 * PART_BYTES, fileBytes - 1],
    ]);
    expect(missingParts(resource('file'), [first]).some(({ isProbe }) => isProbe)).toBe(false);
  });

  it('of which the first part is damaged wants that part alone', () => {
    const fileBytes = PART_BYTES + 10;
    const rows = [
      row(0, PART_BYTES - 1, { fileBytes, isDamaged: true }),
      row(PART_BYTES, fileBytes - 1, { fileBytes }),
    ];
    expect(ranges(resource('file'), rows)).toEqual([[0, PART_BYTES - 1]]);
  });

  it('that is empty is here when it is', () => {
    expect(ranges(resource('file'), [row(0, -1, { isWhole: true, fileBytes: 0 })])).toEqual([]);
  });
});
