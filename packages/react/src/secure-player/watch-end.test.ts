import type { Clock } from '@secure-player/core';
import { expect, it } from 'vitest';

import { SOON_MS, watchEnd } from './watch-end.js';

const DAY_MS = 24 * 60 * 60_000;

/** A clock whose only timer is due when the test says so. */
function setup(left: number) {
  let now = 0;
  let timer: { readonly callback: () => void; readonly after: number } | null = null;
  const clock: Clock = {
    now: () => now,
    schedule(callback, after) {
      timer = { callback, after };
      return () => {
        timer = null;
      };
    },
  };
  const told: boolean[] = [];
  const stop = watchEnd(left, clock, (isNear) => told.push(isNear));

  return {
    told,
    stop,
    pause: () => timer?.after ?? null,
    wait: () => {
      const due = timer;
      if (!due) throw new Error('Nothing is waited for.');
      timer = null;
      now += due.after;
      due.callback();
    },
  };
}

it('is near a quarter of an hour ahead, and no more when it is over', () => {
  const { told, pause, wait } = setup(2 * SOON_MS);
  wait();
  wait();

  expect(told).toEqual([false, true, false]);
  expect(pause()).toBeNull();
});

it('is near at once where little is left', () => {
  expect(setup(SOON_MS - 1).told).toEqual([true]);
});

it('waits for an end that is further away than a timer can be', () => {
  const { told, wait } = setup(60 * DAY_MS);
  for (const _ of [1, 2, 3]) wait();

  expect(told).toEqual([false, false, false, true]);
});

it('waits no more when it is stopped', () => {
  const { stop, pause } = setup(DAY_MS);
  stop();

  expect(pause()).toBeNull();
});
