import type { Clock } from '@secure-player/core';

/** How long a picture may wait for a key that nobody is fetching, in milliseconds. */
const KEY_WAIT_MS = 10_000;

/** `HTMLMediaElement.HAVE_CURRENT_DATA`: more would be a next picture. */
const HAVE_CURRENT_DATA = 2;

/** Options of {@link KeyWait}. */
export interface KeyWaitOptions {
  readonly element: HTMLMediaElement;
  readonly clock: Clock;
  readonly signal: AbortSignal;
  /** Whether a license is on its way; it bounds its own time. */
  readonly isLicenseUnderWay: () => boolean;
  /** Whether it is known that keys of what was fetched cannot be used. */
  readonly areKeysLost: () => boolean;
  /** Fetches again, from the playhead on, what can be played. */
  readonly onRefetch: () => void;
  /** How long may be waited beyond the usual, in milliseconds: a key may be known to come later. */
  readonly patience: () => number;
  readonly onGiveUp: () => void;
}

/**
 * A picture that waits for a key.
 *
 * Where its key is lost, what was fetched under it has to go. Shaka drops it only where it is of the rendition that is being
 * fetched at that moment, and not where an earlier one is still on screen. Neither does Shaka time a missing license message
 * out, nor a key that never comes: the viewer would wait for ever.
 */
export class KeyWait {
  readonly #options: KeyWaitOptions;
  #isWaiting = false;
  /** Once, until something moves: what does not help the first time does not help the second. */
  #mayRefetch = true;
  #cancel = () => {};

  constructor(options: KeyWaitOptions) {
    const { element, signal } = options;
    this.#options = options;

    element.addEventListener('waitingforkey', () => this.#begin(), { signal });
    for (const event of ['playing', 'timeupdate', 'emptied']) {
      element.addEventListener(event, () => this.#move(event), { signal });
    }
    signal.addEventListener('abort', () => this.#cancel(), { once: true });
  }

  /** Called when the statuses of keys have changed. */
  recheck(): void {
    const { isLicenseUnderWay, areKeysLost, onRefetch } = this.#options;
    if (!this.#isWaiting || !this.#mayRefetch || isLicenseUnderWay() || !areKeysLost()) return;

    this.noteRefetch();
    onRefetch();
  }

  /** Called when what was fetched has been dropped already, for whatever reason. */
  noteRefetch(): void {
    this.#isWaiting = false;
    this.#mayRefetch = false;
  }

  #begin(): void {
    this.#isWaiting = true;
    this.#time();
    this.recheck();
  }

  /**
   * Sound goes on for a while without a picture, and what was decoded before is shown, so that time which passes does not say
   * that the picture has its key: it begins to wait anew. A film that comes to a halt tells of its time once more.
   */
  #move(event: string): void {
    this.#mayRefetch = true;
    if (event === 'timeupdate' && this.#isWaiting) {
      this.#time();
      return;
    }

    this.#cancel();
    if (event !== 'timeupdate') this.#isWaiting = false;
  }

  /**
   * Called when a title has loaded: a session may have said nothing yet, and where nothing is played no picture waits either.
   */
  expectKeys(isSilent: () => boolean): void {
    const { clock, signal, onGiveUp } = this.#options;
    if (!isSilent()) return;

    const cancel = clock.schedule(() => {
      if (isSilent()) onGiveUp();
    }, KEY_WAIT_MS);
    signal.addEventListener('abort', cancel, { once: true });
  }

  #time(waited = 0): void {
    const { element, clock, isLicenseUnderWay, patience, onGiveUp } = this.#options;
    this.#cancel();
    this.#cancel = clock.schedule(() => {
      // It has what it needs, and stands still for another reason, such as a viewer who has paused it.
      if (element.readyState > HAVE_CURRENT_DATA) {
        this.#isWaiting = false;
        return;
      }
      // A license that is on its way may take longer, by a second attempt; the license client bounds it.
      if (isLicenseUnderWay() || waited < patience()) this.#time(waited + KEY_WAIT_MS);
      else onGiveUp();
    }, KEY_WAIT_MS);
  }
}
