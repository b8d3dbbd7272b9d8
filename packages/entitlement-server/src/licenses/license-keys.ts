import { deriveContentKey, type KeyPolicy, type SealedLicenseKey } from '@secure-player/protocol';

import type { TitleKey } from '../catalog/title.js';

/** The keys of a grant with their values, which are derived here and kept nowhere. */
export async function deriveLicenseKeys(
  keySeed: Uint8Array,
  keys: readonly TitleKey[],
): Promise<SealedLicenseKey[]> {
  return Promise.all(
    keys.map(async (key) => ({
      keyId: key.keyId,
      key: await deriveContentKey(keySeed, key.keyId),
      policy: keyPolicyOf(key),
    })),
  );
}

function keyPolicyOf({ policy, use }: TitleKey): KeyPolicy {
  return { ...policy, ...(use === 'root' && { use }) };
}
