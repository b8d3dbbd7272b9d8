import type { PlaybackError } from '../../error/playback-error.js';
import { RenewalSchedule, type RenewalScheduleOptions } from '../../license/renewal-schedule.js';
import type { KeySession } from './key-session.js';

/**
 * Knows when the licenses of sessions have to be renewed, also in a tab that was hidden, and whether it makes sense to.
 *
 * Where a server refuses, what there is stays good until it ends, and nothing more is asked for but by the page or the module.
 * What fails for the moment is tried again.
 */
export class AutoRenewal {
  readonly #schedule: RenewalSchedule;
  readonly #controller = new AbortController();
  #wasRefused = false;

  constructor(options: RenewalScheduleOptions) {
    this.#schedule = new RenewalSchedule(options);
    const look = () => this.#schedule.recheck();
    globalThis.document?.addEventListener('visibilitychange', look, { signal: this.#controller.signal });
  }

  get wasRefused(): boolean {
    return this.#wasRefused;
  }

  /** Takes note of when licenses end: the first of them counts for all. */
  note(sessions: readonly KeySession[]): void {
    if (this.#controller.signal.aborted) return;

    const ends = sessions.flatMap(({ expiresAt }) => expiresAt ?? []);
    this.#schedule.noteExpiration(ends.length > 0 ? Math.min(...ends) : null);
  }

  /** Takes note that the page or the module was given what it asked for, or why it was not. */
  noteEnd(error: PlaybackError | null): void {
    if (this.#controller.signal.aborted) return;

    this.#wasRefused = error !== null && error.recovery !== 'retry';
    if (this.#wasRefused) this.#schedule.stop();
    else if (error) this.#schedule.tryAgain();
  }

  /** Asks for nothing any more. */
  close(): void {
    this.#controller.abort();
    this.#schedule.stop();
  }
}
