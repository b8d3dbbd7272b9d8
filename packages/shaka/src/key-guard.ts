import type { PlaybackNotice, UnusableReason } from '@secure-player/core';

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
  readonly #onNotice: (notice: PlaybackNotice) => void;
  #maxHeight: number;

  constructor(
    player: ShakaPlayer,
    maxHeight: number | undefined,
    onNotice: (notice: PlaybackNotice) => void,
  ) {
    this.#player = player;
    this.#maxHeight = maxHeight ?? Number.POSITIVE_INFINITY;
    this.#onNotice = onNotice;
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
      this.#onNotice({ code: 'quality-limited', reason });
    });
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
