import type { PlaybackError, PlaybackNotice, UnusableReason } from '@secure-player/core';

/**
 * What the viewer should know now; null where that is nothing. The same notice stays the same object: a viewer who has closed it
 * is not told again.
 */
export function nextNotice(
  last: PlaybackNotice | null,
  refusal: PlaybackError | null,
  reason: UnusableReason | undefined,
): PlaybackNotice | null {
  if (refusal) return last?.error === refusal ? last : { code: 'license-renewal-refused', error: refusal };
  if (!reason) return null;

  return last?.reason === reason ? last : { code: 'quality-limited', reason };
}
