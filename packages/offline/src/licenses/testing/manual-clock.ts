import type { Clock } from '@secure-player/core';

/** A clock that stands still until a test moves it; what never goes back moves with it, or alone. */
export interface ManualClock extends Clock {
  /** Moves on, and calls what has become due, earliest first. */
  advance(milliseconds: number): void;
  /** Sets what the device shows, as its owner may. */
  set(now: number): void;
  monotonicNow(): number;
  /** How many timers run. */
  pending(): number;
}

export function createManualClock(start = 1_800_000_000_000): ManualClock {
  const timers = new Set<{ readonly at: number; readonly callback: () => void }>();
  let passed = 0;
  let offset = start;

  return {
    now: () => offset + passed,
    monotonicNow: () => passed,
    set(now) {
      offset = now - passed;
    },
    schedule(callback, milliseconds) {
      const timer = { at: passed + milliseconds, callback };
      timers.add(timer);
      return () => void timers.delete(timer);
    },
    advance(milliseconds) {
      passed += milliseconds;
      const due = [...timers].filter(({ at }) => at <= passed).sort((a, b) => a.at - b.at);
      for (const timer of due) if (timers.delete(timer)) timer.callback();
    },
    pending: () => timers.size,
  };
}
