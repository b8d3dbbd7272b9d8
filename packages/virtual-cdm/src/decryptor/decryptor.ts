import type { KeyId } from '@secure-player/protocol';

/** A content key and whose it is: two sessions may hold a key for one key id, and closing one leaves the other's. */
export interface OwnedKey {
  /** The session that brought the key, by a name of the CDM's own. */
  readonly owner: string;
  readonly keyId: KeyId;
}

/**
 * What really decrypts. It holds the keys that are usable at this moment and no others, so a key that expires or whose
 * output is restricted really stalls the picture. Calls for one key come one at a time.
 */
export interface Decryptor {
  addKey(key: OwnedKey & { readonly key: Uint8Array<ArrayBuffer> }): Promise<void>;
  /** A key that is not there is no error. */
  removeKey(key: OwnedKey): Promise<void>;
}
