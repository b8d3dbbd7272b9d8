/**
 * What changes the sessions of a title: one at a time, in the order in which it was asked for.
 *
 * Each change gives the media keys another `createSession` for a while. Two at once would take that from each other.
 */
export class SessionChanges {
  #last: Promise<void> | null = null;

  /** Begins at once where nothing else is under way. */
  async run<Result>(change: () => Promise<Result>): Promise<Result> {
    const before = this.#last;
    let end = () => {};
    const turn = new Promise<void>((resolve) => {
      end = resolve;
    });
    this.#last = turn;

    try {
      if (before) await before;
      return await change();
    } finally {
      if (this.#last === turn) this.#last = null;
      end();
    }
  }
}
