import type { Clock } from '@secure-player/core';

import { VirtualCdmError } from '../virtual-cdm-error.js';

/** A clock that stands still until a test moves it. */
export interface ManualClock extends Clock {
  /**
   * Moves on, and calls what becomes due in the order of time: each callback sees `now()` as the time that it was
   * scheduled for, and what it schedules is called too if it becomes due. What a callback throws comes out of here; the
   * clock then stands at that moment, and the next call goes on from there.
   *
   * Whatever follows by promises has not happened yet when this returns.
   *
   * @throws VirtualCdmError `invalid-options` for a time that is negative or no number.
   */
  advance(seconds: number): void;
}

/** How a manual clock begins. */
export interface ManualClockOptions {
  /** Epoch milliseconds. @default the time of the machine, so that licenses of a server without this clock are in time */
  readonly startsAt?: number | undefined;
}

interface Timer {
  readonly at: number;
  readonly callback: () => void;
}

/** Makes a {@link ManualClock}. */
export function createManualClock({ startsAt = Date.now() }: ManualClockOptions = {}): ManualClock {
  if (!Number.isFinite(startsAt)) throw invalid('`startsAt` must be a time in epoch milliseconds.');

  const timers = new Set<Timer>();
  let now = startsAt;

  return Object.freeze({
    now: () => now,

    schedule(callback: () => void, milliseconds: number) {
      // As `setTimeout` does: what is no delay is none.
      const timer = { at: now + (milliseconds > 0 ? milliseconds : 0), callback };
      timers.add(timer);
      return () => void timers.delete(timer);
    },

    advance(seconds: number) {
      if (!(seconds >= 0 && Number.isFinite(seconds))) {
        throw invalid('A clock is moved by seconds, and forward only.');
      }

      const end = now + seconds * 1000;
      for (let timer = firstOf(timers, end); timer; timer = firstOf(timers, end)) {
        timers.delete(timer);
        // A callback may itself have moved the clock beyond.
        now = Math.max(now, timer.at);
        timer.callback();
      }
      now = Math.max(now, end);
    },
  });
}

/** Of several for the same moment the one that was scheduled first, as a set keeps the order of insertion. */
function firstOf(timers: ReadonlySet<Timer>, end: number): Timer | undefined {
  let first: Timer | undefined;
  for (const timer of timers) {
    if (timer.at <= end && (first === undefined || timer.at < first.at)) first = timer;
  }
  return first;
}

function invalid(message: string): VirtualCdmError {
  return new VirtualCdmError('invalid-options', message);
}
