import { describe, expect, it } from 'vitest';

import { planNextTry, planRenewal } from './renewal-plan.js';

const SECOND = 1_000;
const MINUTE = 60 * SECOND;

/** How long before its end a license is renewed, in seconds: at the earliest, and at the latest. */
function leadOf(term: number, asksByItself = false) {
  const lead = (random: number) =>
    (term - planRenewal({ receivedAt: 0, expiresAt: term }, () => random, asksByItself)) / SECOND;

  return [lead(0), lead(1)];
}

describe('a renewal', () => {
  it.each([
    ['6 hours', 360 * MINUTE, [600, 450]],
    ['50 minutes', 50 * MINUTE, [600, 450]],
    ['20 minutes', 20 * MINUTE, [240, 180]],
    ['5 minutes', 5 * MINUTE, [90, 67.5]],
    ['2 minutes', 2 * MINUTE, [60, 45]],
    ['10 seconds', 10 * SECOND, [5, 3.75]],
    ['no time at all', 0, [0, 0]],
  ])('of a license for %s is asked for this long before its end', (_, term, lead) => {
    expect(leadOf(term)).toEqual(lead);
  });

  it('is left to a module that asks by itself for half of that time', () => {
    expect(leadOf(20 * MINUTE, true)).toEqual([120, 90]);
  });

  it('of a license that had ended when it came is due at its end', () => {
    expect(planRenewal({ receivedAt: 10, expiresAt: 5 }, () => 0)).toBe(5);
  });
});

describe('a renewal that failed for the moment', () => {
  it('is tried again when a third of what is left has passed, give or take half of that', () => {
    expect(planNextTry(MINUTE, 10 * MINUTE, () => 0.5)).toBe(4 * MINUTE);
    expect(planNextTry(MINUTE, 10 * MINUTE, () => 0)).toBe(2.5 * MINUTE);
    expect(planNextTry(MINUTE, 10 * MINUTE, () => 1)).toBe(5.5 * MINUTE);
  });

  it('is tried again after two seconds at the least, and not after the end', () => {
    expect(planNextTry(0, 3 * SECOND, () => 0.5)).toBe(2 * SECOND);
    expect(planNextTry(0, 2 * SECOND, () => 0.5)).toBeNull();
    expect(planNextTry(5, 0, () => 0.5)).toBeNull();
  });

  it('is tried a bounded number of times', () => {
    let now: number | null = 0;
    let tries = 0;
    while (now !== null) {
      now = planNextTry(now, 10 * MINUTE, () => 0.5);
      tries += 1;
    }

    expect(tries).toBeLessThan(20);
  });
});
