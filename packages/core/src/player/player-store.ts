import { shallowEqual } from './shallow-equal.js';
import { IDLE_STATE, type PlayerState } from './player-state.js';

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

  /** Merges a change. Slices that are equal keep their identity; if all are, nobody is told. */
  patch(change: Partial<PlayerState>): void {
    const changed = Object.entries(change).filter(
      ([key, value]) => !isSame(this.#state[key as keyof PlayerState], value),
    );
    if (changed.length === 0) return;

    this.#state = Object.freeze({ ...this.#state, ...Object.fromEntries(changed) });
    for (const listener of [...this.#listeners]) listener();
  }
}

/** Equal, or lists and records of equal entries; one level of nesting covers all that a state holds. */
function isSame(from: unknown, to: unknown): boolean {
  return shallowEqual(from, to, (a, b) => shallowEqual(a, b, shallowEqual));
}
