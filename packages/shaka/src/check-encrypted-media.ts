import { PlaybackError } from '@secure-player/core';

/**
 * Whether this document may play protected titles at all, told before anything is fetched.
 *
 * A browser answers all of these alike, as if it had no key system: by `NotSupportedError`, or by a method that is not there.
 *
 * @throws PlaybackError `drm-insecure-context`, `drm-blocked` or `drm-disabled`.
 */
export function checkEncryptedMedia(): void {
  if (!globalThis.isSecureContext) throw new PlaybackError('drm-insecure-context');
  if (isForbidden()) throw new PlaybackError('drm-blocked');
  // Every browser that is still in use has it, unless somebody has taken it away.
  if (!('requestMediaKeySystemAccess' in navigator && navigator.requestMediaKeySystemAccess))
    throw new PlaybackError('drm-disabled');
}

/** Only Chromium tells of the policy of a document; elsewhere the answer is no. */
function isForbidden(): boolean {
  const { featurePolicy } = document as { featurePolicy?: { allowsFeature(name: string): boolean } };

  return featurePolicy?.allowsFeature('encrypted-media') === false;
}
