import type { StartTimer } from '../start-timer.js';

/** Timers that go off when a test says so. */
export interface ManualTimers {
  readonly startTimer: StartTimer;
  /** The milliseconds of those that run. */
  readonly running: readonly number[];
  /** Sets all of them off. */
  elapse(): void;
}

/** None to begin with. */
export function createManualTimers(): ManualTimers {
  const timers = new Map<object, { readonly milliseconds: number; readonly onElapsed: () => void }>();
  return {
    startTimer(milliseconds, onElapsed) {
      const key = {};
      timers.set(key, { milliseconds, onElapsed });
      return () => timers.delete(key);
    },
    get running() {
      return Array.from(timers.values(), ({ milliseconds }) => milliseconds);
    },
    elapse() {
      const due = [...timers.values()];
      timers.clear();
      for (const { onElapsed } of due) onElapsed();
    },
  };
}
