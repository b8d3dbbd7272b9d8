import { expect, it } from 'vitest';

import { createManualClock } from './testing/manual-clock.js';
import { TitleLocks, type LocksPort } from './title-locks.js';

const never = new AbortController().signal;

function setup(locks?: LocksPort) {
  const clock = createManualClock();
  return { clock, locks: new TitleLocks({ clock, locks }) };
}

/** Something that ends when it is told to. */
function deferred() {
  let end = () => {};
  const promise = new Promise<void>((resolve) => {
    end = resolve;
  });

  return { promise, end };
}

it('lets one call run after the other for one title, and beside it for another', async () => {
  const { locks } = setup();
  const order: string[] = [];
  const first = deferred();
  const one = locks.run('film', never, async () => {
    order.push('one begins');
    await first.promise;
    order.push('one ends');
  });
  const two = locks.run('film', never, async () => void order.push('two'));
  await locks.run('series', never, async () => void order.push('series'));
  first.end();
  await Promise.all([one, two]);

  expect(order).toEqual(['one begins', 'series', 'one ends', 'two']);
});

it('goes on after a call that fails, whose failure is its caller’s', async () => {
  const { locks } = setup();
  const failure = new Error('no');
  const failed = locks.run('film', never, () => Promise.reject(failure));

  await expect(failed).rejects.toBe(failure);
  expect(await locks.run('film', never, async () => 'next')).toBe('next');
});

it('stops waiting when its caller does, and never runs then', async () => {
  const { locks } = setup();
  const first = deferred();
  const one = locks.run('film', never, () => first.promise);
  const controller = new AbortController();
  let hasRun = false;
  const two = locks.run('film', controller.signal, async () => {
    hasRun = true;
  });
  const reason = new Error('called off');
  controller.abort(reason);
  await expect(two).rejects.toBe(reason);

  first.end();
  await one;
  await locks.run('film', never, async () => {});
  expect(hasRun).toBe(false);
});

it('does not wait for ever for a tab that keeps its lock', async () => {
  const { locks, clock } = setup();
  await new Promise<void>((begin) => {
    void locks.run('film', never, () => {
      begin();
      return new Promise(() => {});
    });
  });
  const waiting = locks.run('film', never, async () => {});
  clock.advance(90_000);

  await expect(waiting).rejects.toMatchObject({ code: 'drm-busy' });
});

it('does not bound the work itself', async () => {
  const { locks, clock } = setup();
  const work = deferred();
  const running = locks.run('film', never, () => work.promise.then(() => 'done'));
  await Promise.resolve();
  clock.advance(600_000);
  work.end();

  expect(await running).toBe('done');
  expect(clock.pending()).toBe(0);
});

it('uses a lock of the browser for each title', async () => {
  const names: string[] = [];
  const { locks } = setup({
    async request(name, _, work) {
      names.push(name);
      await work();
    },
  });
  await locks.run('film', never, async () => {});

  expect(names).toEqual(['secure-player-license film']);
});
