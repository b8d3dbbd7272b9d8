import { expect, it } from 'vitest';

import { createTaskQueue } from './task-queue.js';

it('runs each task after the microtasks of the one before, in the order of the calls', async () => {
  const queueTask = createTaskQueue();
  const order: string[] = [];
  await new Promise<void>((resolve) => {
    queueTask(() => {
      order.push('first');
      void Promise.resolve()
        .then(() => {})
        .then(() => order.push('microtask of the first'));
    });
    queueTask(() => {
      order.push('second');
      queueTask(() => {
        order.push('queued by the second');
        resolve();
      });
    });
    order.push('call');
  });

  expect(order).toEqual(['call', 'first', 'microtask of the first', 'second', 'queued by the second']);
});
