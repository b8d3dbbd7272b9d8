import type { Clock, PlaybackErrorDocument } from '@secure-player/core';

import { retryDelay } from './retry-delay.js';

/** A title that is tried again later. */
export interface RetryWait {
  readonly attempt: number;
  /** Epoch milliseconds. */
  readonly until: number;
  readonly error: PlaybackErrorDocument;
}

export interface RetryWaitsTools {
  readonly clock: Clock;
  /** From 0 to 1, for jitter. */
  readonly random: () => number;
  /** Called when a wait is over. */
  readonly onOver: () => void;
}

interface Entry extends RetryWait {
  readonly isOver: boolean;
  cancel(): void;
}

/** The titles that wait for their next attempt, longer after each that failed. */
export class RetryWaits {
  readonly #tools: RetryWaitsTools;
  readonly #entries = new Map<string, Entry>();

  constructor(tools: RetryWaitsTools) {
    this.#tools = tools;
  }

  /** `null` for what may be tried. */
  get(id: string): RetryWait | null {
    const entry = this.#entries.get(id);
    return entry && !entry.isOver ? entry : null;
  }

  begin(id: string, error: PlaybackErrorDocument): void {
    const { clock, random, onOver } = this.#tools;
    const attempt = (this.#entries.get(id)?.attempt ?? 0) + 1;
    this.#entries.get(id)?.cancel();
    const milliseconds = retryDelay(attempt, random());
    // The timer decides, not the clock: timers may be early by a little, and clocks are set back.
    const cancel = clock.schedule(() => {
      this.end(id);
      onOver();
    }, milliseconds);
    this.#entries.set(id, { attempt, until: clock.now() + milliseconds, error, isOver: false, cancel });
  }

  /** It may be tried now. How often it was stays known. */
  end(id: string): void {
    const entry = this.#entries.get(id);
    if (!entry) return;
    entry.cancel();
    this.#entries.set(id, { ...entry, isOver: true });
  }

  endAll(): void {
    for (const id of this.#entries.keys()) this.end(id);
  }

  forget(id: string): void {
    this.#entries.get(id)?.cancel();
    this.#entries.delete(id);
  }
}
