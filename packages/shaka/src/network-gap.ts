import type { Clock } from '@secure-player/core';

import { CATEGORY_NETWORK, isShakaError, type ShakaPlayer } from './shaka-namespace.js';

/** Pause between two rounds of attempts, in milliseconds. */
const RETRY_DELAY_MS = 1_000;
/** How long a film may stand still for segments that do not come, in milliseconds. */
const PATIENCE_MS = 5_000;
/** Less than this ahead of the playhead is as good as nothing, in seconds. */
const DRY_SECONDS = 0.5;

/**
 * Bridges gaps in the network.
 *
 * Shaka gives a title up when a segment has failed a few times, however much of it is buffered. A viewer on a train would
 * lose the picture at the mouth of the tunnel. So streaming is tried again while there is something left to play, and a
 * little longer; the failure counts when the film has stood still for a while.
 */
export class NetworkGap {
  readonly #player: ShakaPlayer;
  readonly #element: HTMLMediaElement;
  readonly #clock: Clock;
  #drySince: number | null = null;
  #cancel: (() => void) | null = null;

  constructor(player: ShakaPlayer, element: HTMLMediaElement, clock: Clock, signal: AbortSignal) {
    this.#player = player;
    this.#element = element;
    this.#clock = clock;

    const onMove = () => {
      if (!element.seeking) this.#drySince = null;
    };
    for (const event of ['playing', 'timeupdate']) element.addEventListener(event, onMove, { signal });
    globalThis.addEventListener?.('online', () => this.#retryNow(), { signal });
    signal.addEventListener('abort', () => this.#cancel?.(), { once: true });
  }

  /** Whether a failure of Shaka is being waited out; if not, it stands. */
  bridges(error: unknown): boolean {
    if (!isShakaError(error) || error.category !== CATEGORY_NETWORK) return false;
    // Before the first segment there is nothing to lose, and the viewer should know at once.
    if (this.#element.buffered.length === 0) return false;

    const now = this.#clock.now();
    this.#drySince = this.#secondsAhead() > DRY_SECONDS ? null : (this.#drySince ?? now);
    if (this.#drySince !== null && now - this.#drySince >= PATIENCE_MS) return false;

    this.#cancel ??= this.#clock.schedule(() => this.#retryNow(), RETRY_DELAY_MS);
    return true;
  }

  #retryNow(): void {
    if (!this.#cancel) return;

    this.#cancel();
    this.#cancel = null;
    this.#player.retryStreaming(0);
  }

  #secondsAhead(): number {
    const { buffered, currentTime } = this.#element;
    for (let index = 0; index < buffered.length; index += 1) {
      if (buffered.start(index) <= currentTime && currentTime < buffered.end(index)) {
        return buffered.end(index) - currentTime;
      }
    }

    return 0;
  }
}
