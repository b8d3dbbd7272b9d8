import type { KeyStatusPolicy, UnusableReason } from '@secure-player/core';

import type { ShakaPlayer, ShakaRequestContext } from './shaka-namespace.js';

const REASON_BY_STATUS: Readonly<Record<string, UnusableReason>> = {
  'output-restricted': 'output-restricted',
  'internal-error': 'output-restricted',
  expired: 'key-expired',
};

/** Between which heights keys can be used. */
export interface KeyLimit {
  readonly minHeight: number;
  /** Infinite where nothing bounds it. */
  readonly maxHeight: number;
  /** Why renditions outside of it cannot be played; null where it is not for keys. */
  readonly reason: UnusableReason | null;
  /** What is known of single renditions, by their height; null where the keys of one can be used. */
  readonly reasons: ReadonlyMap<number, UnusableReason | null>;
}

/** Options of {@link KeyGuard}. */
export interface KeyGuardOptions {
  readonly player: ShakaPlayer;
  /** The best height that the source allows. */
  readonly maxHeight: number | undefined;
  /** Whether a key was asked for and the answer is known. */
  readonly isAnswered: (keyId: string) => boolean;
  readonly keyStatusPolicy: () => KeyStatusPolicy;
  /** The second says that the rendition which was being fetched lies outside: what was fetched of it has to go. */
  readonly onLimit: (limit: KeyLimit, isLeft: boolean) => void;
}

/**
 * Keeps Shaka off renditions whose keys cannot be used, and lets it back when they can.
 *
 * For DASH Shaka does most of this by itself. In HLS the key ids of a rendition are unknown until its playlist is loaded,
 * which is after the license has come, and Shaka then forgets which key system they belong to: it steps up, fetches
 * segments that it cannot decrypt, and stops for ever with no error. And of a key that has expired it takes no notice
 * anywhere. So every segment request is looked at before it goes out, and what has been fetched when statuses change; a
 * rendition without a key bounds the height.
 */
export class KeyGuard {
  readonly #player: ShakaPlayer;
  readonly #ceiling: number;
  readonly #isAnswered: (keyId: string) => boolean;
  readonly #policy: () => KeyStatusPolicy;
  readonly #onLimit: KeyGuardOptions['onLimit'];
  /** The keys of the renditions that were ever asked for, by height. */
  readonly #known = new Map<number, ReadonlySet<string>>();
  #limit: KeyLimit;

  constructor({ player, maxHeight, isAnswered, keyStatusPolicy, onLimit }: KeyGuardOptions) {
    this.#player = player;
    this.#ceiling = maxHeight ?? Number.POSITIVE_INFINITY;
    this.#limit = { minHeight: 0, maxHeight: this.#ceiling, reason: null, reasons: new Map() };
    this.#isAnswered = isAnswered;
    this.#policy = keyStatusPolicy;
    this.#onLimit = onLimit;
  }

  /** Looks at a segment request. There may be no rendition left. */
  checkSegment(context: ShakaRequestContext | undefined): void {
    const stream = context?.stream;
    if (stream?.type !== 'video' || !stream.height || stream.height > this.#ceiling) return;

    this.#known.set(stream.height, stream.keyIds);
    if (!this.reasonFor(stream.keyIds)) return;

    // Shaka would look at the new bound while the request under way is still being prepared.
    queueMicrotask(() => this.recheck());
  }

  /** Looks again at all that was ever asked for; called when statuses have changed. */
  recheck(): void {
    const before = this.#limit;
    const limit = this.#findLimit();
    this.#limit = limit;
    const height = this.#player.getVariantTracks().find(({ active }) => active)?.height;

    if (limit.maxHeight !== before.maxHeight || limit.minHeight !== before.minHeight) {
      const { minHeight, maxHeight } = limit;
      this.#player.configure({ restrictions: { minHeight, maxHeight } });
    }
    if (!isSameLimit(limit, before)) this.#onLimit(limit, isOutside(height, limit));
  }

  #findLimit(): KeyLimit {
    const reasons = new Map(
      [...this.#known].map(([height, keyIds]) => [height, this.reasonFor(keyIds) ?? null]),
    );
    const upwards = [...reasons].sort(([one], [other]) => one - other);
    const lost = upwards.filter(([, reason]) => reason !== null);
    const [lowest, highest] = [lost.at(0), lost.at(-1)];
    const usable = upwards.filter(([, reason]) => reason === null);
    const best = usable.at(-1);
    const open = { minHeight: 0, maxHeight: this.#ceiling, reasons };

    if (!lowest || !highest) return { ...open, reason: null };
    // Whoever has the keys of the better renditions alone stays with those.
    if (best && best[0] > highest[0]) return { ...open, minHeight: highest[0] + 1, reason: highest[1] };

    const limit = { ...open, maxHeight: lowest[0] - 1, reason: lowest[1] };
    // Where the page waits for another display, Shaka must not be left without anything: that is an error to it.
    return this.#isWaitedFor(lowest[1]) && this.#isEmpty(limit) ? { ...open, reason: lowest[1] } : limit;
  }

  #isWaitedFor(reason: UnusableReason | null): boolean {
    return reason === 'output-restricted' && this.#policy().outputRestricted === 'continue';
  }

  #isEmpty(limit: KeyLimit): boolean {
    return this.#player.getVariantTracks().every(({ height }) => isOutside(height, limit));
  }

  /** What is wrong with the keys when Shaka, going by their statuses, leaves renditions out. */
  reasonForLoss(): UnusableReason {
    return this.reasonByStatus() ?? 'key-missing';
  }

  /** What the status of any key says is wrong; null where none says so. */
  reasonByStatus(): UnusableReason | null {
    for (const status of Object.values(this.#player.getKeyStatuses())) {
      const reason = this.#reasonOf(status);
      if (reason) return reason;
    }

    return null;
  }

  /** Whether there is anything that was fetched, or might have been, under a key that cannot be used. */
  hasLoss(): boolean {
    return this.#limit.reason !== null || this.reasonByStatus() !== null;
  }

  /** Why keys cannot be used; undefined while they can, or while their license has not come. */
  reasonFor(keyIds: ReadonlySet<string>): UnusableReason | undefined {
    const statuses = this.#player.getKeyStatuses();
    if (Object.keys(statuses).length === 0) return undefined;

    for (const keyId of keyIds) {
      const status = statuses[keyId];
      const reason = status === undefined ? this.#reasonForMissing(keyId) : this.#reasonOf(status);
      if (reason) return reason;
    }

    return undefined;
  }

  /** Of a license that has ended nothing is made where the page waits for the next: Shaka would fetch one with the media. */
  #reasonOf(status: string): UnusableReason | undefined {
    const isWaitedFor = status === 'expired' && this.#policy().expired === 'continue';
    return isWaitedFor ? undefined : REASON_BY_STATUS[status];
  }

  #reasonForMissing(keyId: string): UnusableReason | undefined {
    return this.#isAnswered(keyId) ? 'key-missing' : undefined;
  }
}

function isOutside(height: number | null | undefined, { minHeight, maxHeight }: KeyLimit): boolean {
  return height != null && (height < minHeight || height > maxHeight);
}

function isSameLimit(one: KeyLimit, other: KeyLimit): boolean {
  const text = ({ reasons, ...bounds }: KeyLimit) => JSON.stringify([...Object.values(bounds), ...reasons]);
  return text(one) === text(other);
}
