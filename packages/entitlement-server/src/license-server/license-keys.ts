import type { SealedLicenseKey } from '@secure-player/protocol';

import type { GrantedKey } from '../license-proxy/license-upstream.js';
import type { KeySeeds } from './key-seeds.js';

/** The keys of a license with their values. */
export async function deriveLicenseKeys(
  keySeeds: KeySeeds,
  tenant: string,
  keys: readonly GrantedKey[],
): Promise<SealedLicenseKey[]> {
  return Promise.all(
    keys.map(async ({ keyId, policy }) => ({ keyId, key: await keySeeds.derive(tenant, keyId), policy })),
  );
}
