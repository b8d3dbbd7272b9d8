import { PlaybackError, type Clock } from '@secure-player/core';

import { within } from './within.js';

/** The part of `navigator.locks` that is needed. */
export interface LocksPort {
  request(
    name: string,
    options: { readonly signal: AbortSignal },
    work: () => Promise<void>,
  ): Promise<unknown>;
}

/** How long a call waits for another about the same title, in milliseconds. A tab that is frozen keeps what it holds. */
const PATIENCE_MS = 90_000;

/** Has calls about one title run one after the other, in all tabs. */
export class TitleLocks {
  readonly #clock: Clock;
  readonly #locks: LocksPort;

  constructor({ clock, locks }: { readonly clock: Clock; readonly locks?: LocksPort | undefined }) {
    this.#clock = clock;
    this.#locks = locks ?? createMemoryLocks();
  }

  /**
   * Runs `work` when it is its turn; `signal` ends the waiting, not the work.
   *
   * @throws PlaybackError `drm-busy` where its turn does not come; the signal's reason; what `work` throws.
   */
  run<Result>(titleId: string, signal: AbortSignal, work: () => Promise<Result>): Promise<Result> {
    return new Promise((resolve, reject) => {
      let begin = () => {};
      const begun = new Promise<void>((onBegin) => {
        begin = onBegin;
      });
      const wait = (waiting: AbortSignal) => {
        const name = `secure-player-license ${titleId}`;
        const held = this.#locks.request(name, { signal: waiting }, () => {
          // It may be one's turn at the moment in which the time is over.
          if (waiting.aborted) return Promise.resolve();

          begin();
          return work().then(resolve, reject);
        });

        return Promise.race([begun, held]);
      };

      const late = () => new PlaybackError('drm-busy', { message: 'Another tab is busy with this title.' });
      within(wait, { clock: this.#clock, milliseconds: PATIENCE_MS, signal, late }).catch(reject);
    });
  }
}

/** For one page alone, where a browser has no Web Locks. */
function createMemoryLocks(): LocksPort {
  const tails = new Map<string, Promise<unknown>>();

  return {
    request(name, _options, work) {
      const turn = (tails.get(name) ?? Promise.resolve()).then(work);
      const tail = turn.catch(() => {});
      tails.set(name, tail);
      void tail.then(() => tails.get(name) === tail && tails.delete(name));

      return turn;
    },
  };
}
