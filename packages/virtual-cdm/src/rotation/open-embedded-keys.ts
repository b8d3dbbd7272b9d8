import { isProtocolError, type EmbeddedKeys } from '@secure-player/protocol';

import type { HeldKey } from '../storage/session-state.js';
import type { RootKey } from './root-key.js';

/** Opens the keys that init data carries. Rejects with a TypeError where they were wrapped under another root key. */
export async function openEmbeddedKeys(embedded: EmbeddedKeys, root: RootKey): Promise<HeldKey[]> {
  try {
    const { minHdcp, minSecurityLevel } = root.policy;
    const keys = await embedded.open(root.key);
    return keys.map(({ keyId, key }) => ({ keyId, key, policy: { minHdcp, minSecurityLevel } }));
  } catch (error) {
    if (!isProtocolError(error)) throw error;
    throw new TypeError(`The embedded keys are not for this root key: ${error.message}.`, { cause: error });
  }
}
