import { deriveContentKey, type SealedLicenseKey } from '@secure-player/protocol';

import type { GrantedKey } from '../license-proxy/license-upstream.js';

/** The keys of a license with their values, which are derived here and kept nowhere. */
export async function deriveLicenseKeys(
  keySeed: Uint8Array,
  keys: readonly GrantedKey[],
): Promise<SealedLicenseKey[]> {
  return Promise.all(
    keys.map(async ({ keyId, policy }) => ({ keyId, key: await deriveContentKey(keySeed, keyId), policy })),
  );
}
