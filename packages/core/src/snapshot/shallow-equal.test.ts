import { expect, it } from 'vitest';

import { reuseEqualParts } from './reuse-equal-parts.js';
import { shallowEqual } from './shallow-equal.js';

const nested = { a: 1 };

it.each<[unknown, unknown]>([
  [1, 1],
  [Number.NaN, Number.NaN],
  [null, null],
  [[], []],
  [
    [1, nested],
    [1, nested],
  ],
  [
    { a: 1, b: nested },
    { b: nested, a: 1 },
  ],
])('takes %o and %o for equal', (from, to) => {
  expect(shallowEqual(from, to)).toBe(true);
});

it.each<[unknown, unknown]>([
  [0, -0],
  [null, undefined],
  [null, {}],
  [[], {}],
  [[1], [1, 2]],
  [{ a: undefined }, { b: undefined }],
  [{ a: {} }, { a: {} }],
  [new Date(0), new Date(0)],
  [new Map(), new Map()],
])('takes %o and %o for different', (from, to) => {
  expect(shallowEqual(from, to)).toBe(false);
});

it('reuses each part of a tree that is equal, and makes the rest anew', () => {
  const from = { list: [{ id: 1 }, { id: 2 }], record: { a: 1 }, other: 1 };
  const to = { list: [{ id: 1 }, { id: 3 }], record: { a: 1 }, other: 2 };
  const result = reuseEqualParts(from, to);

  expect(result).toEqual(to);
  expect(result.record).toBe(from.record);
  expect(result.list[0]).toBe(from.list[0]);
  expect(result.list).not.toBe(from.list);
  expect(reuseEqualParts(from, structuredClone(from))).toBe(from);
});

it('does not look into objects with a class', () => {
  const [from, to] = [new Error('a'), new Error('a')];

  expect(reuseEqualParts({ error: from }, { error: to }).error).toBe(to);
});

it('tells a shorter list and a lost member from the same', () => {
  expect(reuseEqualParts([1, 2], [1])).toEqual([1]);
  expect(reuseEqualParts({ a: 1, b: 2 }, { a: 1 })).toEqual({ a: 1 });
  expect(reuseEqualParts({ a: undefined }, { b: undefined })).toEqual({ b: undefined });
});
