import { PlaybackError } from '@secure-player/core';

import type { WrappedKey } from './license-record.js';
import type { LicenseStore } from './license-store.js';

const ALGORITHM = 'AES-GCM';

/**
 * AES-GCM's way to be used safely under one key: a random nonce of 96 bits each time. A device would have to keep billions of
 * keys before two were likely to be the same.
 */
const IV_BYTES = 12;

/**
 * Keeps content keys as bytes that are worth nothing without a key which no script can read out of this browser.
 *
 * It is AES-GCM and not AES-KW, which knows no additional data: each key is bound to its title and its name, so that a row
 * that was put in another's place opens nothing, and a key that is no key is noticed.
 */
export class KeyVault {
  readonly #store: Pick<LicenseStore, 'wrappingKey'>;
  readonly #crypto: Crypto;

  constructor(store: Pick<LicenseStore, 'wrappingKey'>, crypto: Crypto) {
    this.#store = store;
    this.#crypto = crypto;
  }

  /** Wraps a key, and overwrites what it was given. @throws PlaybackError `storage-failed` */
  async wrap(titleId: string, name: string, key: Uint8Array<ArrayBuffer>): Promise<WrappedKey> {
    try {
      const iv = this.#crypto.getRandomValues(new Uint8Array(IV_BYTES));
      const wrapping = await this.#wrappingKey();
      const bytes = await this.#crypto.subtle.encrypt(parameters(titleId, name, iv), wrapping, key);

      return { name, iv, bytes: new Uint8Array(bytes) };
    } finally {
      key.fill(0);
    }
  }

  /** @throws PlaybackError `stored-license-missing` where the browser has lost the key, or the row is not what was stored. */
  async unwrap(titleId: string, { name, iv, bytes }: WrappedKey): Promise<Uint8Array<ArrayBuffer>> {
    const wrapping = await this.#wrappingKey();
    try {
      const key = await this.#crypto.subtle.decrypt(parameters(titleId, name, iv), wrapping, bytes);

      return new Uint8Array(key);
    } catch (cause) {
      throw new PlaybackError('stored-license-missing', { cause });
    }
  }

  #wrappingKey(): Promise<CryptoKey> {
    return this.#store.wrappingKey(() =>
      this.#crypto.subtle.generateKey({ name: ALGORITHM, length: 256 }, false, ['encrypt', 'decrypt']),
    );
  }
}

function parameters(titleId: string, name: string, iv: Uint8Array<ArrayBuffer>): AesGcmParams {
  return { name: ALGORITHM, iv, additionalData: new TextEncoder().encode(JSON.stringify([titleId, name])) };
}
