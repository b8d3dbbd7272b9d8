import { expect, it, vi } from 'vitest';

import { createManualClock } from '../testing/manual-clock.js';
import { RenewalSchedule } from './renewal-schedule.js';

const HOUR = 3_600_000;

function setup({ asksByItself = false } = {}) {
  const clock = createManualClock();
  const onDue = vi.fn();
  const schedule = new RenewalSchedule({ clock, random: () => 0, asksByItself, onDue });
  /** Moves on as a tab in sight does: timers run when they are due. */
  const tick = (milliseconds: number) => {
    for (let passed = 0; passed < milliseconds; passed += 1_000) clock.advance(1_000);
  };

  return { clock, onDue, schedule, tick };
}

it('says when a license has to be renewed, once', () => {
  const { clock, onDue, schedule, tick } = setup();
  schedule.noteExpiration(clock.now() + HOUR);
  tick(HOUR - 601_000);
  expect(onDue).not.toHaveBeenCalled();

  tick(1_000);
  expect(onDue).toHaveBeenCalledOnce();
  tick(HOUR);
  expect(onDue).toHaveBeenCalledOnce();
  expect(clock.pending()).toEqual([]);
});

it('leaves a module that asks by itself the time to do so', () => {
  const { clock, onDue, schedule, tick } = setup({ asksByItself: true });
  schedule.noteExpiration(clock.now() + HOUR);
  tick(HOUR - 301_000);
  expect(onDue).not.toHaveBeenCalled();

  tick(1_000);
  expect(onDue).toHaveBeenCalledOnce();
});

it('is not put off by being told the same end again and again, as by a poll', () => {
  const { clock, onDue, schedule } = setup();
  const expiresAt = clock.now() + HOUR;
  for (let minute = 0; minute < 50; minute += 1) {
    schedule.noteExpiration(expiresAt);
    clock.advance(60_000);
  }

  expect(onDue).toHaveBeenCalledOnce();
});

it('begins anew with a license that was renewed', () => {
  const { clock, onDue, schedule, tick } = setup();
  schedule.noteExpiration(clock.now() + HOUR);
  tick(HOUR - 700_000);
  schedule.noteExpiration(clock.now() + HOUR);
  tick(HOUR - 700_000);

  expect(onDue).not.toHaveBeenCalled();
});

it('goes by the time of day where timers run late, as in a tab that nobody looks at', () => {
  const { clock, onDue, schedule } = setup();
  schedule.noteExpiration(clock.now() + HOUR);
  // Once a minute, and each timer of it only then.
  for (let minute = 0; minute < 51; minute += 1) clock.advance(60_000);

  expect(onDue).toHaveBeenCalledOnce();
});

it('finds out at once when it is looked at after a sleep in which no timer ran', () => {
  const clock = createManualClock();
  let slept = 0;
  const onDue = vi.fn();
  const sleepy = { ...clock, now: () => clock.now() + slept };
  const schedule = new RenewalSchedule({ clock: sleepy, random: () => 0, asksByItself: false, onDue });
  schedule.noteExpiration(clock.now() + HOUR);
  slept = HOUR - 60_000;
  expect(onDue).not.toHaveBeenCalled();

  schedule.recheck();
  expect(onDue).toHaveBeenCalledOnce();
});

it('runs no timer for longer than 30 seconds', () => {
  const { clock, schedule } = setup();
  schedule.noteExpiration(clock.now() + HOUR);

  expect(clock.pending()).toEqual([30_000]);
});

it('has nothing to say of a license that does not end, or that has ended', () => {
  const { clock, onDue, schedule } = setup();
  schedule.noteExpiration(null);
  schedule.noteExpiration(clock.now() - 1);
  schedule.tryAgain();
  schedule.recheck();

  expect(onDue).not.toHaveBeenCalled();
  expect(clock.pending()).toEqual([]);
});

it('plans another try, and none once it is stopped', () => {
  const { clock, onDue, schedule, tick } = setup();
  schedule.noteExpiration(clock.now() + HOUR);
  tick(HOUR - 600_000);
  schedule.tryAgain();
  tick(100_000);
  expect(onDue).toHaveBeenCalledTimes(2);

  schedule.tryAgain();
  schedule.stop();
  tick(HOUR);
  expect(onDue).toHaveBeenCalledTimes(2);
});
