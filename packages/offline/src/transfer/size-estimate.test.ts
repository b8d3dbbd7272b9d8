import { expect, it } from 'vitest';

import type { PlannedResource } from '../plan/planned-title.js';
import { PART_BYTES, type MissingPart } from './missing-parts.js';
import { SizeEstimate } from './size-estimate.js';

const part = (
  url: string,
  expectedBytes: number,
  range: MissingPart['range'] = null,
  kind: PlannedResource['kind'] = 'segment',
): MissingPart => ({
  resource: { kind, url, range: kind === 'file' ? null : range, seconds: 1, expectedBytes },
  range,
  isProbe: kind === 'file' && range?.start === 0,
});

it('corrects its guesses by what has come', () => {
  const parts = [part('a', 100), part('b', 100), part('c', 100)];
  const size = new SizeEstimate(parts, 50);
  expect(size.totalBytes).toBe(350);

  size.take(part('a', 100), { length: 50, fileBytes: 50 });
  expect([size.receivedBytes, size.totalBytes]).toEqual([100, 200]);
  expect(size.expect(part('b', 100))).toBe(50);
});

it('knows ranges, and counts them as they are', () => {
  const range = part('a', 7, { start: 100, end: 199 });
  const size = new SizeEstimate([range], 0);
  expect(size.totalBytes).toBe(100);

  size.take(range, { length: 100, fileBytes: 1000 });
  expect([size.receivedBytes, size.totalBytes]).toEqual([100, 100]);
});

it('learns how long a file is from its first part', () => {
  const probe = part('film', 9_000_000, { start: 0, end: PART_BYTES - 1 }, 'file');
  const size = new SizeEstimate([probe], 0);
  expect(size.totalBytes).toBe(9_000_000);

  size.take(probe, { length: PART_BYTES, fileBytes: PART_BYTES + 500 });
  expect(size.totalBytes).toBe(PART_BYTES + 500);

  size.take(part('film', 9_000_000, { start: PART_BYTES, end: PART_BYTES + 499 }, 'file'), {
    length: 500,
    fileBytes: PART_BYTES + 500,
  });
  expect(size.receivedBytes).toBe(size.totalBytes);
});

it('counts what turns out to be missing', () => {
  const asked = part('a', 7, { start: 0, end: 99 });
  const size = new SizeEstimate([asked], 0);
  size.take(asked, { length: 40, fileBytes: 100 });
  size.expectMore(part('a', 7, { start: 40, end: 99 }));
  expect([size.receivedBytes, size.totalBytes]).toEqual([40, 100]);
});
