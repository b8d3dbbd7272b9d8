import { IDLE_STATE, type PlayerState } from './player-state.js';
import { reuseEqualParts } from './reuse-equal-parts.js';

/** Holds the one snapshot of a player and tells its readers when it changes. */
export class PlayerStore {
  #state: PlayerState = IDLE_STATE;
  readonly #listeners = new Set<() => void>();

  /** Bound, so that `useSyncExternalStore` can take it as it is. */
  readonly getState = (): PlayerState => this.#state;

  /** Calls `listener` after each change until the returned function is called. */
  readonly subscribe = (listener: () => void): (() => void) => {
    this.#listeners.add(listener);
    return () => this.#listeners.delete(listener);
  };

  /** Merges a change. Parts that are equal keep their identity; if all are, nobody is told. */
  patch(change: Partial<PlayerState>): void {
    const next = reuseEqualParts(this.#state, { ...this.#state, ...change });
    if (next === this.#state) return;

    this.#state = Object.freeze(next);
    for (const listener of [...this.#listeners]) tell(listener);
  }
}

/** A page's handler that throws is the page's to mend: it must not stop playback, nor keep others from being told. */
function tell(listener: () => void): void {
  try {
    listener();
  } catch (error) {
    queueMicrotask(() => {
      throw error;
    });
  }
}
