import { expect, it } from 'vitest';

import { endOfTurn } from './end-of-turn.js';

it('lets all who wait in one turn go on together, each step of all before the next', async () => {
  const steps: string[] = [];
  const take = async (name: string): Promise<void> => {
    await endOfTurn();
    steps.push(`${name} begins`);
    await Promise.resolve();
    steps.push(`${name} ends`);
  };
  const taken = [take('a'), take('b')];
  await Promise.resolve();
  expect(steps).toEqual([]);

  await Promise.all(taken);
  expect(steps).toEqual(['a begins', 'b begins', 'a ends', 'b ends']);
});

it('ends each turn anew', async () => {
  await endOfTurn();
  let isOver = false;
  const next = endOfTurn().then(() => (isOver = true));
  await Promise.resolve();
  expect(isOver).toBe(false);
  await next;
});
