import type { Clock } from '@secure-player/core';

/** What an {@link IdleWatch} is made of. */
export interface IdleWatchOptions {
  readonly clock: Clock;
  /** How long the viewer has to do nothing. */
  readonly idleMs: number;
  /** Whether the controls may go now; asked when the time is up, and then again after as long. */
  readonly mayHide: () => boolean;
  readonly onChange: (isVisible: boolean) => void;
}

/** Shows the controls while the viewer does something, and hides them when they have not for a while. */
export class IdleWatch {
  readonly #options: IdleWatchOptions;
  #isVisible = true;
  #cancel: () => void = () => {};

  constructor(options: IdleWatchOptions) {
    this.#options = options;
  }

  get isVisible(): boolean {
    return this.#isVisible;
  }

  /** The viewer did something. */
  stir(): void {
    this.#show(true);
    this.#wait();
  }

  /** Hides at once, if the controls may go. */
  hide(): void {
    if (this.#options.mayHide()) this.#show(false);
    else this.#wait();
  }

  /** Forgets what it waits for. */
  stop(): void {
    this.#cancel();
  }

  #wait(): void {
    this.#cancel();
    this.#cancel = this.#options.clock.schedule(() => this.hide(), this.#options.idleMs);
  }

  #show(isVisible: boolean): void {
    if (!isVisible) this.#cancel();
    if (isVisible === this.#isVisible) return;

    this.#isVisible = isVisible;
    this.#options.onChange(isVisible);
  }
}
