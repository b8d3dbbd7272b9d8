import type { Clock } from '../clock/clock.js';
import { planNextTry, planRenewal } from './renewal-plan.js';

/**
 * How long a timer runs at most, in milliseconds. A machine that slept, or a tab that was hidden, finds out by the time of
 * day, and not by how many ticks it got.
 */
const LONGEST_TIMER_MS = 30_000;

/** Options of {@link RenewalSchedule}. */
export interface RenewalScheduleOptions {
  readonly clock: Clock;
  /** A number from 0 to 1, for jitter. */
  readonly random: () => number;
  /** Whether the content decryption module asks for renewals by itself, and is given the time to. */
  readonly asksByItself: boolean;
  /** Called once for each time that is planned. */
  readonly onDue: () => void;
}

/** Knows when a license has to be renewed, and says so, however late its timers run. */
export class RenewalSchedule {
  readonly #options: RenewalScheduleOptions;
  #expiresAt: number | null = null;
  #dueAt: number | null = null;
  #cancel = () => {};

  constructor(options: RenewalScheduleOptions) {
    this.#options = options;
  }

  /** Tells when the license ends, null for never; plans anew where that has changed. */
  noteExpiration(expiresAt: number | null): void {
    if (expiresAt === this.#expiresAt) return;

    const { clock, random, asksByItself } = this.#options;
    const receivedAt = clock.now();
    this.#expiresAt = expiresAt;
    // What has ended already is not to be renewed in time any more.
    if (expiresAt === null || expiresAt <= receivedAt) this.stop();
    else this.#plan(planRenewal({ receivedAt, expiresAt }, random, asksByItself));
  }

  /** Plans another try after one that failed for the moment. */
  tryAgain(): void {
    const { clock, random } = this.#options;
    if (this.#expiresAt !== null) this.#plan(planNextTry(clock.now(), this.#expiresAt, random));
  }

  /** Looks at the time: a tab has come back to sight. */
  recheck(): void {
    if (this.#dueAt === null) return;

    const { clock, onDue } = this.#options;
    const rest = this.#dueAt - clock.now();
    this.#cancel();
    if (rest > 0) {
      this.#cancel = clock.schedule(() => this.recheck(), Math.min(rest, LONGEST_TIMER_MS));
      return;
    }
    this.#dueAt = null;
    onDue();
  }

  /** Asks for nothing more, until the license has another end. */
  stop(): void {
    this.#plan(null);
  }

  #plan(dueAt: number | null): void {
    this.#cancel();
    this.#dueAt = dueAt;
    this.recheck();
  }
}
