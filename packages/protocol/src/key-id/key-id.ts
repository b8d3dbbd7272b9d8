import { fromBase64Url, toBase64Url } from '../bytes/base64.js';
import { fromHex, toHex } from '../bytes/hex.js';
import { ProtocolError } from '../protocol-error.js';

/**
 * A key id as this project writes it everywhere: 32 lower-case hexadecimal digits, in the byte order of
 * `tenc`, `pssh`, DASH and CPIX. PlayReady alone stores the same 16 bytes as a little-endian GUID; only
 * the functions with `GuidBytes` in their name know that order.
 */
export type KeyId = string;

const KEY_ID_LENGTH = 16;
const CANONICAL = /^[0-9a-f]{32}$/;
const HEX = /^(?:0x)?([0-9a-f]{32})$/i;
const GUID = /^[0-9a-f]{8}-(?:[0-9a-f]{4}-){3}[0-9a-f]{12}$/i;
const BASE64URL = /^[\w-]{22}$/;

/**
 * Reads a key id from any spelling met in manifests, licenses and consoles: 32 hexadecimal digits of
 * either case, with or without `0x`; a dashed GUID, with or without braces; 22 characters of base64url.
 */
export function parseKeyId(text: string, field = 'keyId'): KeyId {
  const hex = HEX.exec(text)?.[1];
  if (hex !== undefined) return hex.toLowerCase();

  const unbraced = /^\{(.*)\}$/.exec(text)?.[1] ?? text;
  if (GUID.test(unbraced)) return unbraced.replaceAll('-', '').toLowerCase();

  if (BASE64URL.test(text)) return keyIdFromBase64Url(text, field);

  throw new ProtocolError(
    'invalid-value',
    field,
    'must be 32 hexadecimal digits, a GUID or 22 characters of base64url',
  );
}

/** Whether the value is a {@link KeyId} as it stands: 32 lower-case digits and nothing else. */
export function isKeyId(value: unknown): value is KeyId {
  return typeof value === 'string' && CANONICAL.test(value);
}

/** The 16 bytes of a key id, in the order of `tenc` and `pssh`. */
export function keyIdToBytes(keyId: KeyId, field = 'keyId'): Uint8Array<ArrayBuffer> {
  if (!isKeyId(keyId)) {
    throw new ProtocolError(
      'invalid-value',
      field,
      'must be 32 lower-case hexadecimal digits; parseKeyId() reads other spellings',
    );
  }
  return fromHex(keyId, field);
}

/** The key id in 16 bytes of `tenc` or `pssh` order. */
export function keyIdFromBytes(bytes: Uint8Array, field = 'keyId'): KeyId {
  if (bytes.length !== KEY_ID_LENGTH) {
    throw new ProtocolError('invalid-value', field, `must be ${KEY_ID_LENGTH} bytes, not ${bytes.length}`);
  }
  return toHex(bytes);
}

/** The dashed, lower-case text that DASH's `cenc:default_KID` and CPIX use. */
export function keyIdToGuid(keyId: KeyId, field = 'keyId'): string {
  const hex = toHex(keyIdToBytes(keyId, field));
  return [hex.slice(0, 8), hex.slice(8, 12), hex.slice(12, 16), hex.slice(16, 20), hex.slice(20)].join('-');
}

/** The 16 bytes as PlayReady stores them: the first three groups of the GUID little-endian. */
export function keyIdToGuidBytes(keyId: KeyId, field = 'keyId'): Uint8Array<ArrayBuffer> {
  return swapGuidGroups(keyIdToBytes(keyId, field));
}

/** The key id in 16 bytes that PlayReady stored. */
export function keyIdFromGuidBytes(bytes: Uint8Array, field = 'keyId'): KeyId {
  return toHex(swapGuidGroups(fromHex(keyIdFromBytes(bytes, field))));
}

/** The 22 characters that a Clear Key request and a JWK set use. */
export function keyIdToBase64Url(keyId: KeyId, field = 'keyId'): string {
  return toBase64Url(keyIdToBytes(keyId, field));
}

/** The key id in 22 characters of base64url. */
export function keyIdFromBase64Url(text: string, field = 'keyId'): KeyId {
  return keyIdFromBytes(fromBase64Url(text, field), field);
}

/** Its own inverse: a GUID is a 32-bit, two 16-bit and eight 8-bit numbers. */
function swapGuidGroups(bytes: Uint8Array<ArrayBuffer>): Uint8Array<ArrayBuffer> {
  bytes.subarray(0, 4).reverse();
  bytes.subarray(4, 6).reverse();
  bytes.subarray(6, 8).reverse();
  return bytes;
}
