import type { StartTimer } from './start-timer.js';

/** By when an exchange has to be over, however many attempts it takes. */
export interface Deadline {
  /** Aborts when time is up or the caller gives up, whichever is first. */
  readonly signal: AbortSignal;
  /** Whether it was time that ended it. */
  readonly isTimeUp: boolean;
  /** Stops the timer and lets go of the caller's signal. */
  end(): void;
}

/** Starts one. `caller` aborts it at once, with its own reason; null never does. */
export function startDeadline(
  caller: AbortSignal | null,
  milliseconds: number,
  startTimer: StartTimer,
): Deadline {
  const controller = new AbortController();
  let isTimeUp = false;
  const giveUp = () => controller.abort(caller?.reason);
  const stopTimer = startTimer(milliseconds, () => {
    if (controller.signal.aborted) return;

    isTimeUp = true;
    controller.abort();
  });

  caller?.addEventListener('abort', giveUp);
  if (caller?.aborted) giveUp();

  return {
    signal: controller.signal,
    get isTimeUp() {
      return isTimeUp;
    },
    end() {
      stopTimer();
      caller?.removeEventListener('abort', giveUp);
    },
  };
}
