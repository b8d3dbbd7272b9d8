import { keyIdFromBase64Url, keyIdToBase64Url, type KeyId } from '../key-id/key-id.js';
import { ProtocolError } from '../protocol-error.js';
import type { JsonObject } from '../json/json-object.js';
import { readList, readMessage, type ClearKeyLimits } from './clear-key-message.js';

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
  const keyIds = readList(object, 'kids', limits).map((kid, index) => readKid(kid, `kids[${index}]`));
  return [...new Set(keyIds)];
}

/** Reads one key id. EME allows other lengths than 16 bytes for WebM; encrypted MP4 and this project do not. */
export function readKid(kid: unknown, field: string): KeyId {
  if (typeof kid !== 'string') {
    throw new ProtocolError('malformed', field, 'must be a string');
  }
  return keyIdFromBase64Url(kid, field);
}

/** The member `kids` for key ids. */
export function toKids(keyIds: readonly KeyId[]): string[] {
  if (keyIds.length === 0) {
    throw new ProtocolError('invalid-value', 'kids', 'must not be empty');
  }
  return [...new Set(keyIds)].map((keyId, index) => keyIdToBase64Url(keyId, `kids[${index}]`));
}
