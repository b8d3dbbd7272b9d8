import { expect, test } from 'vitest';

import { TokenBuckets, type TokenBucketsOptions } from './token-buckets.js';

function setup(options: Partial<TokenBucketsOptions> = {}) {
  let now = 1_000_000;
  const buckets = new TokenBuckets({ burst: 3, perMinute: 60, clock: () => now, ...options });
  return { buckets, advance: (ms: number) => (now += ms) };
}

test('a bucket gives its burst, then what flows in, and says how long to wait', () => {
  const { buckets, advance } = setup();
  expect([1, 2, 3, 4].map(() => buckets.take('a'))).toEqual([0, 0, 0, 1000]);
  advance(400);
  expect(buckets.take('a')).toBe(600);
  advance(600);
  expect([1, 2].map(() => buckets.take('a'))).toEqual([0, 1000]);
  expect(buckets.take('b')).toBe(0);
});

test('a bucket never holds more than its burst', () => {
  const { buckets, advance } = setup();
  buckets.take('a');
  advance(3_600_000);
  expect([1, 2, 3, 4].map(() => buckets.take('a'))).toEqual([0, 0, 0, 1000]);
});

test('what is charged has to flow in first, up to a bound', () => {
  const { buckets, advance } = setup({ maxDebt: 1 });
  buckets.charge('a', 4);
  expect(buckets.take('a')).toBe(2000);
  buckets.charge('a', 1000);
  expect(buckets.take('a')).toBe(4000);
  advance(4000);
  expect(buckets.take('a')).toBe(0);
});

test('refusals cost nothing, so waiting as long as told is always enough', () => {
  const { buckets, advance } = setup({ perMinute: 7 });
  for (let count = 0; count < 200; count += 1) {
    const wait = buckets.take('a');
    if (wait === 0) continue;
    for (let again = 0; again < 5; again += 1) expect(buckets.take('a')).toBe(wait);
    advance(wait);
    expect(buckets.take('a')).toBe(0);
  }
});

test('an empty bucket stays empty while others come and go in its memory', () => {
  const { buckets, advance } = setup({ maxKeys: 100, maxDebt: 1 });
  buckets.charge('a', 6);
  for (let index = 0; index < 150; index += 1) buckets.take(`other-${index}`);
  expect(buckets.take('a')).toBeGreaterThan(0);
  advance(3500);
  expect(buckets.take('a')).toBeGreaterThan(0);
});

test('no number of other names makes anew who asked for much, and one who asked for little is forgotten', () => {
  const { buckets } = setup({ maxKeys: 100, maxDebt: 1 });
  buckets.charge('much', 6);
  for (const _token of [1, 2]) buckets.take('half');
  buckets.take('little');
  for (let index = 0; index < 1000; index += 1) buckets.take(`other-${index}`);
  expect(buckets.take('much')).toBe(4000);
  expect([1, 2].map(() => buckets.take('half'))).toEqual([0, 1000]);
  expect([1, 2, 3].map(() => buckets.take('little'))).toEqual([0, 0, 0]);
});

test('the memory is bounded though all ask for much', () => {
  const { buckets } = setup({ maxKeys: 10, maxDebt: 1 });
  for (let index = 0; index < 1000; index += 1) buckets.charge(`key-${index}`, 6);
  expect(buckets.size).toBeLessThanOrEqual(20);
});

test('the memory is bounded, and a quiet time empties it', () => {
  const { buckets, advance } = setup({ maxKeys: 10 });
  for (let index = 0; index < 1000; index += 1) buckets.take(`key-${index}`);
  expect(buckets.size).toBeLessThanOrEqual(20);

  for (const key of ['a', 'b']) {
    advance(7000);
    buckets.take(key);
  }
  expect(buckets.size).toBe(2);
});
