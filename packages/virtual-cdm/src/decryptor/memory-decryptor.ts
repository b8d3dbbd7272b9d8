import type { KeyId } from '@secure-player/protocol';

import type { Decryptor, OwnedKey } from './decryptor.js';

/** A decryptor for a place without media: it holds the keys that a real one would decrypt with. */
export class MemoryDecryptor implements Decryptor {
  readonly #keys = new Map<string, KeyId>();

  /** The ids of the keys that media could be decrypted with at this moment, each once. */
  get usableKeyIds(): readonly KeyId[] {
    return [...new Set(this.#keys.values())];
  }

  async addKey({ owner, keyId }: OwnedKey): Promise<void> {
    this.#keys.set(`${owner} ${keyId}`, keyId);
  }

  async removeKey({ owner, keyId }: OwnedKey): Promise<void> {
    this.#keys.delete(`${owner} ${keyId}`);
  }
}
