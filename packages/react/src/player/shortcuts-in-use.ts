/** Whether a player has keys of its own now. Whoever gives it some says so; the parts that name a key listen. */
export class ShortcutsInUse {
  readonly #listeners = new Set<() => void>();
  #holders = 0;

  readonly get = (): boolean => this.#holders > 0;

  readonly subscribe = (listener: () => void): (() => void) => {
    this.#listeners.add(listener);
    return () => this.#listeners.delete(listener);
  };

  /** Says that there are keys, until what it returns is called. */
  readonly hold = (): (() => void) => {
    this.#change(1);
    return () => this.#change(-1);
  };

  #change(by: 1 | -1): void {
    const before = this.get();
    this.#holders += by;
    if (this.get() !== before) for (const listener of this.#listeners) listener();
  }
}
