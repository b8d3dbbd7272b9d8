import type { Clock } from '@secure-player/core';

/** A clock that stands still until a test moves it. */
export function createManualClock() {
  const timers = new Set<{ readonly at: number; readonly callback: () => void }>();
  let now = 0;

  return {
    now: () => now,
    schedule(callback: () => void, milliseconds: number) {
      const timer = { at: now + milliseconds, callback };
      timers.add(timer);
      return () => void timers.delete(timer);
    },
    /** Moves on, and calls what has become due. */
    advance(milliseconds: number) {
      now += milliseconds;
      for (const timer of timers) {
        if (timer.at <= now && timers.delete(timer)) timer.callback();
      }
    },
    /** How many timers run. */
    pending: () => timers.size,
  } satisfies Clock & Record<string, unknown>;
}
