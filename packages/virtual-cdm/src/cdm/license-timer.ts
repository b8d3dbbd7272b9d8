import type { Clock } from '@secure-player/core';

import type { LicenseClockReading } from '../policy/license-clock.js';

/** Calls when a license is to be looked at again: a renewal is due, or a bound is reached. One call is planned at a time. */
export class LicenseTimer {
  readonly #clock: Clock;
  readonly #onDue: () => void;
  #cancel: () => void = () => {};

  constructor(clock: Clock, onDue: () => void) {
    this.#clock = clock;
    this.#onDue = onDue;
  }

  /** Plans the next call by what the license's clock says; the one that was planned is given up. */
  watch(reading: LicenseClockReading | null, mayRenew: boolean): void {
    this.stop();
    const now = this.#clock.now();
    const at = mayRenew && isDue(reading, now) ? now : (reading?.nextChangeAt ?? null);

    // What lies ahead is never nearer than the next millisecond, so that no two calls chase one another.
    if (at !== null) this.#cancel = this.#clock.schedule(this.#onDue, Math.max(at - now, 0));
  }

  stop(): void {
    this.#cancel();
    this.#cancel = () => {};
  }
}

/** Whether a renewal is to be asked for now. */
export function isDue(reading: LicenseClockReading | null, now: number): boolean {
  return reading?.renewAt != null && reading.renewAt <= now;
}
