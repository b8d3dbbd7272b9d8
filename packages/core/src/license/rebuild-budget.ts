import type { Clock } from '../clock/clock.js';

/** How often in a minute sessions that the module has lost are made anew. */
const MAX_INCIDENTS = 3;
const MINUTE_MS = 60_000;

/**
 * Whether what a content decryption module has lost may be made anew: a module that resets now and then is put up with for
 * as long as a film takes, one that loses whatever it is given is not.
 *
 * All that was there when a module failed falls with it, be it at once or one by one: that is one incident.
 */
export class RebuildBudget {
  readonly #clock: Clock;
  #recent: readonly number[] = [];
  #incidents = 0;

  constructor(clock: Clock) {
    this.#clock = clock;
  }

  /** How many incidents there were; what is made now keeps it in mind, to be asked for with it. */
  get incidents(): number {
    return this.#incidents;
  }

  /** Takes note that something was lost, made when there had been so many incidents. */
  allows(incidentsBefore: number): boolean {
    if (incidentsBefore < this.#incidents) return true;

    const now = this.#clock.now();
    this.#recent = this.#recent.filter((at) => now - at < MINUTE_MS);
    if (this.#recent.length === MAX_INCIDENTS) return false;

    this.#recent = [...this.#recent, now];
    this.#incidents += 1;
    return true;
  }
}
