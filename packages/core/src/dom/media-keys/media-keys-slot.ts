import { holdMediaKeys, type HoldOptions, type MediaKeysHold } from './hold-media-keys.js';
import { MEDIA_KEYS_IDLE, type MediaKeysState } from './media-keys-state.js';

/** The keys of whichever element its owner has in hand, as one state to read; idle while there is none. */
export class MediaKeysSlot {
  #held: {
    readonly element: HTMLMediaElement;
    readonly identity: string;
    readonly hold: MediaKeysHold;
  } | null = null;
  #unsubscribe = () => {};
  readonly #listeners = new Set<() => void>();

  /** Bound, so that `useSyncExternalStore` can take them as they are. */
  readonly getState = (): MediaKeysState => this.#held?.hold.attached.getState() ?? MEDIA_KEYS_IDLE;

  readonly subscribe = (listener: () => void): (() => void) => {
    this.#listeners.add(listener);
    return () => this.#listeners.delete(listener);
  };

  /** Takes the keys of an element in hand, in place of those it had. Nothing happens where they are the same. */
  put(element: HTMLMediaElement | null, options: HoldOptions): void {
    const held = this.#held;
    const isWanted = element !== null && options.identity !== '';
    if (isWanted ? held?.element === element && held.identity === options.identity : !held) return;

    this.clear();
    if (!isWanted) return;

    const hold = holdMediaKeys(element, options);
    this.#held = { element, identity: options.identity, hold };
    this.#unsubscribe = hold.attached.subscribe(this.#tell);
    this.#tell();
  }

  /** Lets go. */
  clear(): void {
    if (!this.#held) return;

    this.#unsubscribe();
    this.#held.hold.release();
    this.#held = null;
    this.#tell();
  }

  readonly #tell = (): void => {
    for (const listener of [...this.#listeners]) listener();
  };
}
