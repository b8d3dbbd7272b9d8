import { expect, it } from 'vitest';

import { allInOrder } from './all-in-order.js';

it('gives the values in the order of the promises', async () => {
  const late = Promise.resolve().then(() => 'late');
  expect(await allInOrder([late, Promise.resolve('early')])).toEqual(['late', 'early']);
});

it('rejects with the first failure of the list, whichever came first', async () => {
  const first = new Error('first');
  const late = Promise.resolve().then(() => {
    throw first;
  });
  await expect(allInOrder([late, Promise.reject(new Error('second'))])).rejects.toBe(first);
});
