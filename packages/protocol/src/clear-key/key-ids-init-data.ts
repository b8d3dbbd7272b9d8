import { fromBase64Url } from '../bytes/base64.js';
import { toHex } from '../bytes/hex.js';
import { keyIdFromBase64Url, keyIdToBase64Url, type KeyId } from '../key-id/key-id.js';
import { ProtocolError } from '../protocol-error.js';
import type { JsonObject } from '../json/json-object.js';
import { readList, readMessage, type ClearKeyLimits } from './clear-key-message.js';

/** What Chromium takes; no real key id comes near. */
const MAX_KEY_ID_BYTES = 512;

/**
 * Reads EME init data of type `keyids`: `{"kids":["…"]}` (https://www.w3.org/TR/eme-initdata-keyids/). The
 * release message of a persistent license and its acknowledgement have the same form. Repeated key ids
 * are given once, at their first place.
 */
export function readKeyIdsInitData(bytes: Uint8Array, limits: ClearKeyLimits = {}): KeyId[] {
  return readKids(readMessage(bytes, 'initData', limits), limits);
}

/** Writes EME init data of type `keyids`. Repeated key ids are written once. */
export function writeKeyIdsInitData(keyIds: readonly KeyId[]): Uint8Array<ArrayBuffer> {
  return new TextEncoder().encode(JSON.stringify({ kids: toKids(keyIds) }));
}

/** Reads the member `kids`, which all Clear Key messages but the license share. */
export function readKids(object: JsonObject, limits: ClearKeyLimits): KeyId[] {
  const keyIds = readList(object, 'kids', limits).map((kid, index) => readKid(kid, `kids[${index}]`, limits));
  return [...new Set(keyIds)];
}

/** Reads one key id. EME allows other lengths than 16 bytes for WebM; they are read where the caller asks for it. */
export function readKid(kid: unknown, field: string, { anyKeyIdLength = false }: ClearKeyLimits): KeyId {
  if (typeof kid !== 'string') {
    throw new ProtocolError('malformed', field, 'must be a string');
  }
  if (!anyKeyIdLength) return keyIdFromBase64Url(kid, field);

  const bytes = fromBase64Url(kid, field);
  if (bytes.length === 0 || bytes.length > MAX_KEY_ID_BYTES) {
    throw new ProtocolError('invalid-value', field, `must be 1 to ${MAX_KEY_ID_BYTES} bytes`);
  }
  return toHex(bytes);
}

/** The member `kids` for key ids. */
export function toKids(keyIds: readonly KeyId[]): string[] {
  if (keyIds.length === 0) {
    throw new ProtocolError('invalid-value', 'kids', 'must not be empty');
  }
  return [...new Set(keyIds)].map((keyId, index) => keyIdToBase64Url(keyId, `kids[${index}]`));
}
