import { expect, it } from 'vitest';

import { seekKeyTarget } from './seek-key.js';

const RANGE = { start: 0, end: 100 };

it('arrows go where they point, whichever way the text runs, and never beyond the ends', () => {
  expect(seekKeyTarget('ArrowLeft', 50, RANGE, false)).toBe(45);
  expect(seekKeyTarget('ArrowLeft', 50, RANGE, true)).toBe(55);
  expect(seekKeyTarget('ArrowRight', 98, RANGE, false)).toBe(100);
  expect(seekKeyTarget('k', 50, RANGE, false)).toBeNull();
});
