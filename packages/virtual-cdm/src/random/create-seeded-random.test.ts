import { expect, it } from 'vitest';

import { createSeededRandom } from './create-seeded-random.js';

it('gives the same bytes for the same seed', () => {
  const [one, other] = [createSeededRandom('a test'), createSeededRandom('a test')];

  for (const length of [4, 16, 16]) expect(one(length)).toEqual(other(length));
});

it('gives other bytes at each call and for each seed, near ones included', () => {
  const random = createSeededRandom(1);
  const drawn = [
    random(16),
    random(16),
    createSeededRandom(2)(16),
    createSeededRandom('')(16),
    createSeededRandom(0)(16),
  ];

  expect(new Set(drawn.map(String)).size).toBe(drawn.length);
});

it('spreads over all values of a byte', () => {
  expect(new Set(createSeededRandom(7)(4096)).size).toBe(256);
});

it('takes the platform’s own randomness without a seed', () => {
  expect(createSeededRandom(undefined)(16)).toHaveLength(16);
  expect(createSeededRandom(undefined)(16)).not.toEqual(createSeededRandom(undefined)(16));
});
