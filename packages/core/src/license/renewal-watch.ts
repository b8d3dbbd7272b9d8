import type { Clock } from '../clock/clock.js';
import type { PlaybackError } from '../error/playback-error.js';
import { RenewalSchedule } from './renewal-schedule.js';

/** Options of {@link RenewalWatch}. */
export interface RenewalWatchOptions {
  readonly clock: Clock;
  /** A number from 0 to 1, for jitter. */
  readonly random: () => number;
  /** Undefined where there is none. */
  readonly keySystem: string | undefined;
  /** Called once for each time that is planned. */
  readonly onDue: () => void;
}

/**
 * Knows when licenses have to be renewed, also in a tab that was hidden, and whether it makes sense to.
 *
 * Widevine asks by itself when its license says so, and is given the time to. Where a server refuses, what there is stays good
 * until it ends, and nothing more is asked for but by the page or the module. What fails for the moment is tried again.
 */
export class RenewalWatch {
  readonly #schedule: RenewalSchedule;
  readonly #controller = new AbortController();
  #refusal: PlaybackError | null = null;

  constructor({ keySystem, ...options }: RenewalWatchOptions) {
    const asksByItself = keySystem?.startsWith('com.widevine.') ?? false;
    this.#schedule = new RenewalSchedule({ ...options, asksByItself });
    const look = () => this.#schedule.recheck();
    // Not in a worker, nor in Node. There timers are all there is.
    const { document } = globalThis as { document?: EventTarget };
    document?.addEventListener('visibilitychange', look, { signal: this.#controller.signal });
  }

  /** Why the last renewal was refused; null where it was not. */
  get refusal(): PlaybackError | null {
    return this.#refusal;
  }

  /** Takes note of when the first license ends; null for never. */
  noteExpiration(expiresAt: number | null): void {
    if (!this.#controller.signal.aborted) this.#schedule.noteExpiration(expiresAt);
  }

  /** Takes note that a license was renewed, whoever asked for it. */
  noteSuccess(): void {
    this.#refusal = null;
  }

  /** Takes note of why one was not. */
  noteFailure(error: PlaybackError): void {
    if (this.#controller.signal.aborted) return;

    if (error.recovery === 'retry') {
      this.#schedule.tryAgain();
    } else {
      this.#refusal = error;
      this.#schedule.stop();
    }
  }

  /** Asks for nothing any more. */
  close(): void {
    this.#controller.abort();
    this.#schedule.stop();
  }
}
