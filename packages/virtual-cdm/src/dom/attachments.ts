import { decryptorOf, type VirtualMediaKeys } from '../media-keys/virtual-media-keys.js';
import { NativeDecryptor } from './native-decryptor.js';
import type { NativeEme } from './native-eme.js';

/** What an {@link Attachments} needs to know. */
export interface AttachmentsOptions {
  readonly eme: NativeEme;
  isVirtual(value: unknown): value is VirtualMediaKeys;
  /** An element with these keys has begun to play. */
  onPlaying(mediaKeys: VirtualMediaKeys): void;
}

/** Which media elements have virtual MediaKeys. The truth is the platform's: nothing of it is kept twice. */
export class Attachments {
  readonly #options: AttachmentsOptions;
  readonly #virtualByNative = new WeakMap<MediaKeys, VirtualMediaKeys>();
  readonly #listening = new AbortController();
  readonly #watched = new WeakSet<HTMLMediaElement>();
  #elements: WeakRef<HTMLMediaElement>[] = [];

  constructor(options: AttachmentsOptions) {
    this.#options = options;
  }

  /** The native MediaKeys behind virtual ones; null for anything else. */
  nativeOf(value: unknown): MediaKeys | null {
    if (!this.#options.isVirtual(value)) return null;

    const decryptor = decryptorOf(value);
    if (!(decryptor instanceof NativeDecryptor)) return null;

    this.#virtualByNative.set(decryptor.mediaKeys, value);
    return decryptor.mediaKeys;
  }

  virtualOf(native: unknown): VirtualMediaKeys | null {
    return this.#virtualByNative.get(native as MediaKeys) ?? null;
  }

  /** The virtual MediaKeys that an element has. */
  mediaKeysOf(element: HTMLMediaElement): VirtualMediaKeys | null {
    return this.virtualOf(this.#options.eme.mediaKeysOf(element));
  }

  /** Whether an element that has these native keys is playing: it may have begun before there was a license. */
  isPlaying(native: MediaKeys): boolean {
    return this.#elements
      .flatMap((reference) => reference.deref() ?? [])
      .some((element) => this.#options.eme.mediaKeysOf(element) === native && isPlaying(element));
  }

  /** Tells when an element plays, once keys are attached to it. `element` is one where `attached` does not reject. */
  watch(element: unknown, attached: Promise<void>): void {
    attached.then(
      () => this.#watch(element as HTMLMediaElement),
      () => {},
    );
  }

  /**
   * Takes the virtual keys off all elements, where the browser lets it at this moment. Chromium does not while media are
   * loaded; there the keys go when the element is next emptied, unless the page has set others by then.
   */
  async detachAll(): Promise<void> {
    this.#listening.abort();
    const elements = this.#elements.flatMap((reference) => reference.deref() ?? []);
    await Promise.all(elements.map((element) => this.#detach(element)));
  }

  async #detach(element: HTMLMediaElement): Promise<void> {
    if (!this.mediaKeysOf(element)) return;

    try {
      await this.#options.eme.setMediaKeys(element, null);
    } catch {
      element.addEventListener('emptied', () => void this.#detach(element), { once: true });
    }
  }

  #watch(element: HTMLMediaElement): void {
    if (!this.#watched.has(element)) {
      this.#watched.add(element);
      this.#elements.push(new WeakRef(element));
      element.addEventListener('playing', () => this.#tell(element), { signal: this.#listening.signal });
    }
    if (isPlaying(element)) this.#tell(element);
  }

  #tell(element: HTMLMediaElement): void {
    const mediaKeys = this.mediaKeysOf(element);
    if (mediaKeys) this.#options.onPlaying(mediaKeys);
  }
}

function isPlaying({ paused, readyState }: HTMLMediaElement): boolean {
  return !paused && readyState >= HTMLMediaElement.HAVE_FUTURE_DATA;
}
