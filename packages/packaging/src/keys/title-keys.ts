import { createHash } from 'node:crypto';
import { deriveContentKey, keyIdFromBytes, type KeyId } from '@secure-player/protocol';
import type { KeyLabel } from '../mezzanine/mezzanine.js';

/** One of a title's keys. `key` is secret: it goes to Packager and nowhere else. */
export interface TitleKey {
  readonly label: KeyLabel;
  readonly keyId: KeyId;
  readonly key: Uint8Array;
}

/**
 * The public id of a title's key: SHA-256 over `secure-player:key-id:<title id>:<label>`, its first 16 bytes, marked as
 * a UUID of version 8 (RFC 9562, section 5.8). The same title has the same key ids everywhere, whatever its key seed.
 * `ROOT` is the one key of a title whose other keys rotate.
 */
export function titleKeyId(titleId: string, label: KeyLabel | 'ROOT'): KeyId {
  const bytes = createHash('sha256').update(`secure-player:key-id:${titleId}:${label}`).digest();
  bytes[6] = ((bytes[6] ?? 0) & 0x0f) | 0x80;
  bytes[8] = ((bytes[8] ?? 0) & 0x3f) | 0x80;
  return keyIdFromBytes(Uint8Array.from(bytes.subarray(0, 16)));
}

/** Derives the keys that `labels` name; the server derives the same ones from the seed and the key ids. */
export function deriveTitleKeys(
  titleId: string,
  labels: readonly KeyLabel[],
  keySeed: Uint8Array,
): Promise<TitleKey[]> {
  return Promise.all(
    labels.map(async (label) => {
      const keyId = titleKeyId(titleId, label);
      return { label, keyId, key: await deriveContentKey(keySeed, keyId) };
    }),
  );
}
