import type { Clock, OfflineTitle } from '@secure-player/core';

/** Timers of browsers hold no more than 24 days, and stand still while a device sleeps. In milliseconds. */
const LONGEST_TIMER_MS = 3_600_000;

/** Options of {@link TitleEnd}. */
export interface TitleEndOptions {
  readonly title: Pick<OfflineTitle, 'expiresAt' | 'notePlayed'>;
  readonly element: EventTarget;
  readonly clock: Clock;
  readonly signal: AbortSignal;
  /** Called once, when the title must stop. */
  readonly onEnd: () => void;
  /** Called when playback has begun, which may have given the title another end. */
  readonly onBegun: () => void;
}

/**
 * The end of a title on this device, which no module needs to know of: a rental ends some time after it was first played. What
 * is stored counts on the player to keep to it.
 */
export class TitleEnd {
  readonly #options: TitleEndOptions;
  #isBegun = false;
  #isOver = false;
  #cancel = () => {};

  constructor(options: TitleEndOptions) {
    this.#options = options;
  }

  /** Begins to watch; a title that has ended is told of at once. */
  watch(): void {
    const { element, signal } = this.#options;
    element.addEventListener('playing', () => void this.#noteBegin(), { signal });
    // A device that has slept goes on with the picture, and with its timers later.
    element.addEventListener('timeupdate', () => this.#look(), { signal });
    signal.addEventListener('abort', () => this.#cancel(), { once: true });
    this.#look();
  }

  async #noteBegin(): Promise<void> {
    const { title, signal, onBegun } = this.#options;
    if (this.#isBegun) return;

    this.#isBegun = true;
    try {
      await title.notePlayed();
    } catch {
      // A device without room is no reason to stop; it is noted when the picture next begins to move.
      this.#isBegun = false;
    }
    if (signal.aborted) return;

    this.#look();
    onBegun();
  }

  #look(): void {
    const { title, clock, signal, onEnd } = this.#options;
    this.#cancel();
    const at = title.expiresAt();
    if (at === null || this.#isOver || signal.aborted) return;

    const left = at - clock.now();
    if (left > 0) {
      this.#cancel = clock.schedule(() => this.#look(), Math.min(left, LONGEST_TIMER_MS));
      return;
    }

    this.#isOver = true;
    onEnd();
  }
}
