import type { KeyId, KeyPolicy } from '@secure-player/protocol';

import type { CdmSession } from '../cdm/cdm-session.js';

/** A key that opens keys embedded in init data, and who brought it. */
export interface RootKey {
  readonly keyId: KeyId;
  readonly key: Uint8Array<ArrayBuffer>;
  readonly policy: KeyPolicy;
  /** Null where the root key is baked into the device, or came to it by another way than a license. */
  readonly session: CdmSession | null;
}
