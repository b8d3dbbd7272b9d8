import { systemOf } from '../../media-keys/virtual-media-keys.js';
import type { PageCdm } from '../page-cdm.js';
import type { PatchSet } from '../patch/patch-set.js';
import { MediaSourceElements } from './media-source-elements.js';
import { sinfInitData } from './sinf-init-data.js';

/**
 * The `encrypted` events of FairPlay, which Chromium has not: init data of type `sinf`, made of the init segments that a page
 * appends, in the place of the browser's own.
 *
 * An element takes part while it has FairPlay keys, or none and the page has made FairPlay keys: before that a page may be
 * about to choose another key system.
 */
export class FairPlayEvents {
  readonly #page: PageCdm;
  readonly #elements: MediaSourceElements;
  readonly #own = new WeakSet<Event>();
  readonly #listen: (event: Event) => void;
  #listening: WeakRef<EventTarget>[] = [];

  constructor(page: PageCdm) {
    this.#page = page;
    this.#elements = new MediaSourceElements((element) => this.#listenTo(element));
    this.#listen = (event) => this.#onEncrypted(event);
  }

  patch(patches: PatchSet): void {
    if (typeof SourceBuffer !== 'function' || typeof MediaEncryptedEvent !== 'function') return;

    this.#elements.patch(patches);
    patches.method(SourceBuffer.prototype, 'appendBuffer', (original) => (self, args) => {
      const result = original(self, args);
      this.#onAppend(self as SourceBuffer, args[0]);
      return result;
    });
    // Before any listener of the page's: a listener of the window that captures is called first.
    this.#listenTo(window);
  }

  stop(): void {
    for (const reference of this.#listening) {
      reference.deref()?.removeEventListener('encrypted', this.#listen, { capture: true });
    }
    this.#listening = [];
  }

  #onAppend(buffer: SourceBuffer, data: unknown): void {
    const initData = this.#page.isActive ? sinfInitData(bytesOf(data)) : null;
    const element = initData && this.#elements.elementOf(buffer);
    if (!element) return;

    // Again, as `document.open()` takes every listener off the window.
    this.#listenTo(window);
    this.#listenTo(element);
    this.#page.queueTask(() => {
      if (!this.#takesPart(element)) return;

      const event = new MediaEncryptedEvent('encrypted', { initDataType: 'sinf', initData });
      this.#own.add(event);
      element.dispatchEvent(event);
    });
  }

  #onEncrypted(event: Event): void {
    if (this.#own.has(event) || !(event.target instanceof HTMLMediaElement)) return;

    if (this.#takesPart(event.target)) event.stopImmediatePropagation();
  }

  #takesPart(element: HTMLMediaElement): boolean {
    if (!this.#page.isActive) return false;

    const mediaKeys = this.#page.attachments.mediaKeysOf(element);
    if (mediaKeys) return systemOf(mediaKeys).dialect === 'fairplay';

    return this.#page.hasFairPlayKeys && this.#page.eme.mediaKeysOf(element) === null;
  }

  /** A listener that is there already is not added twice. */
  #listenTo(target: EventTarget): void {
    if (!this.#listening.some((reference) => reference.deref() === target)) {
      this.#listening = [
        ...this.#listening.filter((reference) => reference.deref() !== undefined),
        new WeakRef(target),
      ];
    }
    target.addEventListener('encrypted', this.#listen, { capture: true });
  }
}

function bytesOf(data: unknown): Uint8Array {
  if (data instanceof ArrayBuffer) return new Uint8Array(data);
  if (ArrayBuffer.isView(data)) return new Uint8Array(data.buffer, data.byteOffset, data.byteLength);
  return new Uint8Array();
}
