import type { UnusableReason } from '@secure-player/core';

import type { ShakaPlayer, ShakaRequestContext, ShakaStream } from './shaka-namespace.js';

const REASON_BY_STATUS: Readonly<Record<string, UnusableReason>> = {
  'output-restricted': 'output-restricted',
  'internal-error': 'output-restricted',
  expired: 'key-expired',
};

/** Up to which height keys can be used. */
export interface KeyLimit {
  /** Infinite where nothing bounds it. */
  readonly maxHeight: number;
  /** Why not higher; null where it is not for keys. */
  readonly reason: UnusableReason | null;
}

/** Options of {@link KeyGuard}. */
export interface KeyGuardOptions {
  readonly player: ShakaPlayer;
  /** The best height that the source allows. */
  readonly maxHeight: number | undefined;
  /** Whether a key was asked for and the answer is known. */
  readonly isAnswered: (keyId: string) => boolean;
  readonly onLimit: (limit: KeyLimit) => void;
}

/**
 * Keeps Shaka off renditions whose keys cannot be used, and lets it back when they can.
 *
 * For DASH Shaka does most of this by itself. In HLS the key ids of a rendition are unknown until its playlist is loaded,
 * which is after the license has come, and Shaka then forgets which key system they belong to: it steps up, fetches
 * segments that it cannot decrypt, and stops for ever with no error. And of a key that has expired it takes no notice
 * anywhere. So every segment request is looked at before it goes out, and the rendition at hand when statuses change; one
 * without a key lowers the bound on the height.
 */
export class KeyGuard {
  readonly #player: ShakaPlayer;
  readonly #ceiling: number;
  readonly #isAnswered: (keyId: string) => boolean;
  readonly #onLimit: (limit: KeyLimit) => void;
  /** Renditions that were turned away, by their height. */
  readonly #refused = new Map<number, ReadonlySet<string>>();
  #atHand: ShakaStream | null = null;
  #maxHeight: number;

  constructor({ player, maxHeight, isAnswered, onLimit }: KeyGuardOptions) {
    this.#player = player;
    this.#ceiling = maxHeight ?? Number.POSITIVE_INFINITY;
    this.#maxHeight = this.#ceiling;
    this.#isAnswered = isAnswered;
    this.#onLimit = onLimit;
  }

  /** Looks at a segment request. Renditions below the one without a key are left; there may be none. */
  checkSegment(context: ShakaRequestContext | undefined): void {
    const stream = context?.stream;
    if (stream?.type !== 'video' || !stream.height || stream.height > this.#maxHeight) return;

    this.#atHand = stream;
    if (!this.#refuse(stream)) return;

    // Shaka drops what it buffered of the rendition and fetches a lower one at the playhead. It looks at the new bound
    // while the request under way is still being prepared, so the change waits until that is done.
    queueMicrotask(() => this.#apply());
  }

  /** Looks again at what is at hand and at what was turned away; called when statuses have changed. */
  recheck(): void {
    if (this.#atHand) this.#refuse(this.#atHand);
    for (const [height, keyIds] of this.#refused) {
      if (!this.reasonFor(keyIds)) this.#refused.delete(height);
    }
    this.#apply();
  }

  /** What is wrong with the keys when Shaka, going by their statuses, leaves renditions out. */
  reasonForLoss(): UnusableReason {
    return this.reasonByStatus() ?? 'key-missing';
  }

  /** What the status of any key says is wrong; null where none says so. */
  reasonByStatus(): UnusableReason | null {
    for (const status of Object.values(this.#player.getKeyStatuses())) {
      const reason = REASON_BY_STATUS[status];
      if (reason) return reason;
    }

    return null;
  }

  /** Whether there is anything that was fetched, or might have been, under a key that cannot be used. */
  hasLoss(): boolean {
    return this.#refused.size > 0 || this.reasonByStatus() !== null;
  }

  /** Why keys cannot be used; undefined while they can, or while their license has not come. */
  reasonFor(keyIds: ReadonlySet<string>): UnusableReason | undefined {
    const statuses = this.#player.getKeyStatuses();
    if (Object.keys(statuses).length === 0) return undefined;

    for (const keyId of keyIds) {
      const status = statuses[keyId];
      const reason = status === undefined ? this.#reasonForMissing(keyId) : REASON_BY_STATUS[status];
      if (reason) return reason;
    }

    return undefined;
  }

  #reasonForMissing(keyId: string): UnusableReason | undefined {
    return this.#isAnswered(keyId) ? 'key-missing' : undefined;
  }

  #refuse({ height, keyIds }: ShakaStream): boolean {
    if (!height || !this.reasonFor(keyIds)) return false;

    this.#refused.set(height, keyIds);
    return true;
  }

  #apply(): void {
    const lowest = Math.min(...this.#refused.keys());
    const maxHeight = Math.min(this.#ceiling, lowest - 1);
    if (maxHeight === this.#maxHeight) return;

    this.#maxHeight = maxHeight;
    this.#player.configure({ restrictions: { maxHeight } });
    const keyIds = this.#refused.get(lowest);
    this.#onLimit({ maxHeight, reason: (keyIds && this.reasonFor(keyIds)) ?? null });
  }
}
