import { describe, expect, it, vi } from 'vitest';
import { createManualClock } from './manual-clock.js';

const START = 1_000_000;

function setup() {
  const clock = createManualClock({ startsAt: START });
  const calls: [name: string, now: number][] = [];
  const note = (name: string) => () => void calls.push([name, clock.now() - START]);

  return { clock, calls, note };
}

it('stands still until it is moved, by seconds', () => {
  const { clock } = setup();

  expect(clock.now()).toBe(START);
  clock.advance(1.5);
  expect(clock.now()).toBe(START + 1500);
  clock.advance(0);
  expect(clock.now()).toBe(START + 1500);
});

it('begins at the time of the machine where no other is given', () => {
  vi.spyOn(Date, 'now').mockReturnValue(1234);

  expect(createManualClock().now()).toBe(1234);
});

describe('timers', () => {
  it('are called when they become due, and once', () => {
    const { clock, calls, note } = setup();
    clock.schedule(note('a'), 1000);

    clock.advance(0.999);
    expect(calls).toEqual([]);
    clock.advance(0.001);
    expect(calls).toEqual([['a', 1000]]);
    clock.advance(10);
    expect(calls).toHaveLength(1);
  });

  it('are called in the order of time, and see their own time', () => {
    const { clock, calls, note } = setup();
    clock.schedule(note('c'), 3000);
    clock.schedule(note('a'), 1000);
    clock.schedule(note('b'), 2000);
    clock.schedule(note('a too'), 1000);
    clock.advance(60);

    expect(calls).toEqual([
      ['a', 1000],
      ['a too', 1000],
      ['b', 2000],
      ['c', 3000],
    ]);
    expect(clock.now()).toBe(START + 60_000);
  });

  it('of timers are called too, if they become due', () => {
    const { clock, calls, note } = setup();
    clock.schedule(() => {
      clock.schedule(note('soon'), 1000);
      clock.schedule(note('at once'), 0);
      clock.schedule(note('late'), 9000);
    }, 1000);
    clock.schedule(note('between'), 1500);
    clock.advance(5);

    expect(calls).toEqual([
      ['at once', 1000],
      ['between', 1500],
      ['soon', 2000],
    ]);
    clock.advance(5);
    expect(calls.at(-1)).toEqual(['late', 10_000]);
  });

  it.each([0, -5, Number.NaN])('without a delay are due at the next move: %d', (milliseconds) => {
    const { clock, calls, note } = setup();
    clock.schedule(note('a'), milliseconds);

    expect(calls).toEqual([]);
    clock.advance(0);
    expect(calls).toEqual([['a', 0]]);
  });

  it('can be cancelled, also by one another', () => {
    const { clock, calls, note } = setup();
    const cancel = clock.schedule(note('a'), 1000);
    const cancelLater = clock.schedule(note('b'), 3000);
    clock.schedule(cancelLater, 2000);
    cancel();
    cancel();
    clock.advance(5);

    expect(calls).toEqual([]);
  });

  it('may move the clock themselves, and time never goes back', () => {
    const { clock, calls, note } = setup();
    clock.schedule(() => clock.advance(10), 1000);
    clock.schedule(note('b'), 2000);
    clock.advance(5);

    expect(calls).toEqual([['b', 2000]]);
    expect(clock.now()).toBe(START + 11_000);
  });

  it('that throw stop the clock there, and the rest comes with the next move', () => {
    const { clock, calls, note } = setup();
    const fault = new Error('mine');
    clock.schedule(() => {
      throw fault;
    }, 1000);
    clock.schedule(note('b'), 2000);

    expect(() => clock.advance(5)).toThrow(fault);
    expect(clock.now()).toBe(START + 1000);
    clock.advance(1);
    expect(calls).toEqual([['b', 2000]]);
  });
});

describe('refuses', () => {
  it.each([-1, Number.NaN, Infinity])('to be moved by %d', (seconds) => {
    const { clock } = setup();

    expect(() => clock.advance(seconds)).toThrow(expect.objectContaining({ code: 'invalid-options' }));
    expect(clock.now()).toBe(START);
  });

  it.each([Number.NaN, Infinity])('to begin at %d', (startsAt) => {
    expect(() => createManualClock({ startsAt })).toThrow(
      expect.objectContaining({ code: 'invalid-options' }),
    );
  });
});
