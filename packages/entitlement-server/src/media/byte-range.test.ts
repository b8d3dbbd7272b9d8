import { expect, test } from 'vitest';

import { parseByteRange } from './byte-range.js';

const part = (first: number, last: number) => ({ kind: 'part', first, last });

test.each([
  [null, 'whole'],
  ['bytes=0-0', part(0, 0)],
  ['bytes=0-', part(0, 9)],
  ['bytes=3-5', part(3, 5)],
  ['bytes=9-9', part(9, 9)],
  ['bytes=9-100', part(9, 9)],
  ['bytes=-1', part(9, 9)],
  ['bytes=-10', part(0, 9)],
  ['bytes=-99', part(0, 9)],
  ['bytes= 3-5 ', part(3, 5)],
  ['Bytes=3-5', part(3, 5)],
  [`bytes=0-${'9'.repeat(400)}`, part(0, 9)],
  ['bytes=10-', 'unsatisfiable'],
  ['bytes=10-11', 'unsatisfiable'],
  [`bytes=${'9'.repeat(400)}-`, 'unsatisfiable'],
  ['bytes=-0', 'unsatisfiable'],
  ['bytes=5-3', 'whole'],
  ['bytes=-', 'whole'],
  ['bytes=', 'whole'],
  ['bytes', 'whole'],
  ['bytes=a-b', 'whole'],
  ['bytes=0x1-2', 'whole'],
  ['bytes=1.5-2', 'whole'],
  ['bytes=--1', 'whole'],
  ['bytes=0-1,3-4', 'whole'],
  ['items=0-1', 'whole'],
])('of ten bytes, "%s" means %o', (header, expected) => {
  const range = parseByteRange(header, 10);
  expect(range).toEqual(typeof expected === 'string' ? { kind: expected } : expected);
});

test.each(['bytes=0-', 'bytes=-1'])('nothing of an empty file can be had by "%s"', (header) => {
  expect(parseByteRange(header, 0)).toEqual({ kind: 'unsatisfiable' });
});
