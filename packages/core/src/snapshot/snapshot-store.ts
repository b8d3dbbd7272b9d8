import { reuseEqualParts } from './reuse-equal-parts.js';

/**
 * Holds one frozen snapshot and tells its readers when it changes, as `useSyncExternalStore` wants it: the snapshot is the
 * same object while nothing changes, and so is each part of it.
 */
export class SnapshotStore<State extends object> {
  #state: State;
  readonly #listeners = new Set<() => void>();

  constructor(initial: State) {
    this.#state = Object.freeze(initial);
  }

  /** Bound, so that `useSyncExternalStore` can take it as it is. */
  readonly getState = (): State => this.#state;

  /** Calls `listener` after each change until the returned function is called. */
  readonly subscribe = (listener: () => void): (() => void) => {
    this.#listeners.add(listener);
    return () => this.#listeners.delete(listener);
  };

  /** Merges a change. Parts that are equal keep their identity; if all are, nobody is told. */
  patch(change: Partial<State>): void {
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
