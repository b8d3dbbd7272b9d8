import { sha256 } from '@noble/hashes/sha2.js';

import { keyIdToGuidBytes, type KeyId } from '../key-id/key-id.js';
import { ProtocolError } from '../protocol-error.js';

const AES_BLOCK_BYTES = 16;
const KEY_SEED_BYTES = 30;
const CHECKSUM_BYTES = 8;

/**
 * Derives a content key from a key seed and a key id, so that a service stores one secret and no keys
 * (https://learn.microsoft.com/playready/specifications/playready-key-seed). Of a longer seed the first 30
 * bytes count. The result is a secret: never log it, never serve it unlicensed.
 */
export async function deriveContentKey(keySeed: Uint8Array, keyId: KeyId): Promise<Uint8Array<ArrayBuffer>> {
  if (keySeed.length < KEY_SEED_BYTES) {
    throw new ProtocolError(
      'invalid-value',
      'keySeed',
      `must be at least ${KEY_SEED_BYTES} bytes, not ${keySeed.length}`,
    );
  }
  const seed = keySeed.subarray(0, KEY_SEED_BYTES);
  const id = keyIdToGuidBytes(keyId);
  // Web Crypto answers from another thread, which takes longer than such short hashes do: a license server makes nine for
  // a license of three keys.
  const key = new Uint8Array(AES_BLOCK_BYTES);
  for (const parts of [
    [seed, id],
    [seed, id, seed],
    [seed, id, seed, id],
  ]) {
    // Each digest is two AES blocks long; all six are folded into one.
    for (const [index, byte] of digestOf(parts).entries()) {
      const place = index % AES_BLOCK_BYTES;
      key[place] = (key[place] ?? 0) ^ byte;
    }
  }
  return key;
}

/**
 * The checksum that a PlayReady header carries for an `AESCTR` key: it tells a wrong content key from
 * broken media (https://learn.microsoft.com/playready/specifications/playready-header-specification, section 5).
 */
export async function playReadyChecksum(
  contentKey: Uint8Array,
  keyId: KeyId,
): Promise<Uint8Array<ArrayBuffer>> {
  if (contentKey.length !== AES_BLOCK_BYTES) {
    throw new ProtocolError(
      'invalid-value',
      'contentKey',
      `must be ${AES_BLOCK_BYTES} bytes, not ${contentKey.length}`,
    );
  }
  const usages: KeyUsage[] = ['encrypt'];
  const key = await crypto.subtle.importKey('raw', Uint8Array.from(contentKey), 'AES-CBC', false, usages);
  // WebCrypto has no ECB. The first block of CBC under a zero vector is the same thing.
  const iv = new Uint8Array(AES_BLOCK_BYTES);
  const encrypted = await crypto.subtle.encrypt({ name: 'AES-CBC', iv }, key, keyIdToGuidBytes(keyId));
  return new Uint8Array(encrypted).slice(0, CHECKSUM_BYTES);
}

function digestOf(parts: readonly Uint8Array[]): Uint8Array {
  const hash = sha256.create();
  for (const part of parts) hash.update(part);
  return hash.digest();
}
