import type { UnusableReason } from '@secure-player/core';

import type { ShakaPlayer, ShakaRequestContext } from './shaka-namespace.js';

const REASON_BY_STATUS: Readonly<Record<string, UnusableReason>> = {
  'output-restricted': 'output-restricted',
  'internal-error': 'output-restricted',
  expired: 'key-expired',
};

/**
 * Keeps Shaka off renditions whose keys the license does not hold.
 *
 * For DASH Shaka does this by itself. In HLS the key ids of a rendition are unknown until its playlist is loaded, which
 * is after the license has come: Shaka then steps up, fetches segments that it cannot decrypt, and stops for ever with
 * no error. So every segment request is looked at before it goes out; one without a key lowers the bound on the height.
 */
export class KeyGuard {
  readonly #player: ShakaPlayer;
  readonly #onLimit: (maxHeight: number, reason: UnusableReason) => void;
  #maxHeight: number;

  constructor(
    player: ShakaPlayer,
    maxHeight: number | undefined,
    onLimit: (maxHeight: number, reason: UnusableReason) => void,
  ) {
    this.#player = player;
    this.#maxHeight = maxHeight ?? Number.POSITIVE_INFINITY;
    this.#onLimit = onLimit;
  }

  /** Looks at a segment request. Renditions below the one without a key are left; there may be none. */
  checkSegment(context: ShakaRequestContext | undefined): void {
    const stream = context?.stream;
    if (stream?.type !== 'video' || !stream.height || stream.height > this.#maxHeight) return;

    const reason = this.reasonFor(stream.keyIds);
    if (!reason) return;

    this.#maxHeight = stream.height - 1;
    // Shaka drops what it buffered of the rendition and fetches a lower one at the playhead. It looks at the new bound
    // while the request under way is still being prepared, so the change waits until that is done.
    queueMicrotask(() => {
      this.#player.configure({ restrictions: { maxHeight: this.#maxHeight } });
      this.#onLimit(this.#maxHeight, reason);
    });
  }

  /** What is wrong with the keys when Shaka, going by their statuses, leaves renditions out. */
  reasonForLoss(): UnusableReason {
    for (const status of Object.values(this.#player.getKeyStatuses())) {
      const reason = REASON_BY_STATUS[status];
      if (reason) return reason;
    }

    return 'key-missing';
  }

  /** Why keys cannot be used; undefined while they can, or while no license has come. */
  reasonFor(keyIds: ReadonlySet<string>): UnusableReason | undefined {
    const statuses = this.#player.getKeyStatuses();
    if (Object.keys(statuses).length === 0) return undefined;

    for (const keyId of keyIds) {
      const status = statuses[keyId];
      if (status === undefined) return 'key-missing';

      const reason = REASON_BY_STATUS[status];
      if (reason) return reason;
    }

    return undefined;
  }
}
