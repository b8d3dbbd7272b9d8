import type { Clock } from '@secure-player/core';

import type { ShakaPlayer } from './shaka-namespace.js';

/** How long a session may take to open before nobody waits for it any more, in milliseconds; Shaka gives each as long to close. */
export const OPENING_MS = 1_000;

/**
 * The sessions of a title that have been asked to open, and have not said anything yet.
 *
 * Shaka closes its sessions when it is ended. One that is still opening cannot be closed (EME, `MediaKeySession.close()`: "if
 * this object's callable value is false, return a promise rejected with InvalidStateError"), and opens a moment later with nobody
 * left to close it. So Shaka is to be ended when none is opening, and to open no further ones until then.
 *
 * Shaka calls `initDataTransform` right before it creates a session; the first license request is what shows it open.
 */
export class SessionOpenings {
  readonly #clock: Clock;
  /** By init data, since when. */
  readonly #opening = new Map<string, number>();
  /** Init data that has a session; Shaka lets further ones with the same bytes go. */
  readonly #seen = new Set<string>();
  #ended: Promise<void> | null = null;
  #onChange = () => {};

  constructor(clock: Clock) {
    this.#clock = clock;
  }

  /** Called when the player is configured, and before it loads. */
  watch(player: Pick<ShakaPlayer, 'getConfiguration' | 'configure'>): void {
    const transform = player.getConfiguration().drm.initDataTransform;

    player.configure({
      drm: {
        initDataTransform: (initData: Uint8Array, initDataType: string, drmInfo: unknown) => {
          // Shaka makes no session of init data that it cannot transform.
          if (this.#ended) throw new DOMException('The title is no more.', 'AbortError');

          const result = transform(initData, initDataType, drmInfo);
          this.noteOpening(result);
          return result;
        },
      },
    });
  }

  /** Called when a session is about to open. */
  noteOpening(initData: Uint8Array): void {
    const key = String(initData);
    if (this.#seen.has(key)) return;

    this.#seen.add(key);
    this.#opening.set(key, this.#clock.now());
  }

  /** Called for each license request: its session is open. */
  noteRequest(initData: Uint8Array | null | undefined): void {
    if (this.#opening.delete(String(initData))) this.#onChange();
  }

  /** Lets no further session open. Resolves when those that do have opened, or have had their time. */
  end(): Promise<void> {
    this.#ended ??= this.#allOpen();
    return this.#ended;
  }

  async #allOpen(): Promise<void> {
    const left = Math.max(...this.#opening.values()) + OPENING_MS - this.#clock.now();
    if (left <= 0) return;

    await new Promise<void>((resolve) => {
      const cancel = this.#clock.schedule(resolve, left);
      this.#onChange = () => {
        if (this.#opening.size > 0) return;
        cancel();
        resolve();
      };
    });
  }
}
