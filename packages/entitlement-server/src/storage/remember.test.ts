import { expect, test } from 'vitest';

import { remember } from './remember.js';

test('what is remembered is computed once, and again only after more was asked for than there is room', () => {
  const computed: string[] = [];
  const upper = remember((text) => {
    computed.push(text);
    return text.toUpperCase();
  }, 2);

  expect(['a', 'b', 'a', 'b', 'a'].map(upper)).toEqual(['A', 'B', 'A', 'B', 'A']);
  expect(computed).toEqual(['a', 'b']);
  expect(['c', 'a', 'c'].map(upper)).toEqual(['C', 'A', 'C']);
  expect(computed).toEqual(['a', 'b', 'c', 'a']);
});
