import { expect, it } from 'vitest';

import { createManualClock } from '../licenses/testing/manual-clock.js';
import { MemoryLicenseStore } from '../licenses/testing/memory-license-store.js';
import { TrustedClock } from './trusted-clock.js';

const MINUTE = 60_000;
const DAY = 24 * 60 * MINUTE;

function setup(store = new MemoryLicenseStore()) {
  const clock = createManualClock();
  const time = new TrustedClock({ clock, monotonicNow: () => clock.monotonicNow(), store });

  return { clock, time, store };
}

it('shows what the device shows where nothing else is known', async () => {
  const { clock, time } = setup();
  await time.start();

  expect(time.now()).toBe(clock.now());
  expect(time.isBehind).toBe(false);
});

it('is not set back with the clock of the device, and goes on from there', async () => {
  const { clock, time, store } = setup();
  await time.start();
  const before = clock.now();
  await time.save();

  const next = setup(store);
  next.clock.set(before - DAY);
  await next.time.start();
  next.clock.advance(5_000);
  expect(next.time.now()).toBe(before + 5_000);
  expect(next.time.isBehind).toBe(true);
});

it.each([
  [MINUTE, false],
  [MINUTE + 1, true],
])('takes a clock that is %i ms behind for behind: %s', async (behind, isBehind) => {
  const { clock, time, store } = setup();
  store.time = clock.now() + behind;
  await time.start();

  expect(time.isBehind).toBe(isBehind);
});

it('believes a server, which ends a clock’s being behind', async () => {
  const { clock, time, store } = setup();
  store.time = clock.now() + DAY;
  await time.start();
  expect(time.isBehind).toBe(true);

  time.noteServerTime(clock.now() + DAY);
  clock.advance(1_000);
  expect(time.isBehind).toBe(false);
  expect(time.now()).toBe(clock.now() + DAY);
});

it('forgets by a server’s time what a clock has shown that had been ahead', async () => {
  const ahead = setup();
  const real = ahead.clock.now();
  ahead.clock.set(real + 30 * DAY);
  await ahead.time.start();
  await ahead.time.save();

  const mended = setup(ahead.store);
  mended.clock.set(real);
  await mended.time.start();
  expect(mended.time.isBehind).toBe(true);
  mended.time.noteServerTime(real);
  await mended.time.save();
  expect(mended.time.now()).toBe(real);

  const next = setup(ahead.store);
  next.clock.set(real + MINUTE);
  await next.time.start();
  expect(next.time.isBehind).toBe(false);
  expect(next.time.now()).toBe(real + MINUTE);
});

it('keeps the server’s time for the next start, and not that of a device which is ahead of it', async () => {
  const { clock, time, store } = setup();
  await time.start();
  time.noteServerTime(clock.now() - DAY);
  await time.save();

  expect(store.time).toBe(clock.now() - DAY);
});

it.each([Number.NaN, Number.POSITIVE_INFINITY, -1, 0])('passes over %d, which is no time', async (value) => {
  const { clock, time, store } = setup();
  store.time = clock.now() + DAY;
  await time.start();

  expect(time.noteServerTime(value)).toBe(false);
  expect(time.isBehind).toBe(true);
});
