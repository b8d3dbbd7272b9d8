import { expect, it } from 'vitest';

import { SessionChanges } from './session-changes.js';

it('begins a change at once, and the next when that has ended, well or badly', async () => {
  const changes = new SessionChanges();
  const log: string[] = [];
  let fail = (_error: Error) => {};
  const first = changes.run(() => {
    log.push('first');
    return new Promise((_, reject) => (fail = reject));
  });
  const second = changes.run(async () => log.push('second'));
  const third = changes.run(async () => log.push('third'));
  expect(log).toEqual(['first']);

  fail(new Error('x'));
  await expect(first).rejects.toThrow('x');
  await Promise.all([second, third]);
  expect(log).toEqual(['first', 'second', 'third']);
});

it('runs what is asked for within a change after it', async () => {
  const changes = new SessionChanges();
  const log: string[] = [];
  let inner: Promise<unknown> = Promise.resolve();
  await changes.run(async () => {
    inner = changes.run(async () => log.push('inner'));
    await Promise.resolve();
    log.push('outer');
  });
  await inner;

  expect(log).toEqual(['outer', 'inner']);
});
