/** A content key, both halves in hexadecimal. */
export interface ContentKey {
  readonly keyId: string;
  readonly key: string;
}

/** Keys for sessions that play nothing; their ids are in ascending order. */
export const KEYS = [
  { keyId: '10000000000000000000000000000001', key: 'a0a1a2a3a4a5a6a7a8a9aaabacadaeaf' },
  { keyId: '20000000000000000000000000000002', key: 'b0b1b2b3b4b5b6b7b8b9babbbcbdbebf' },
  { keyId: 'f0000000000000000000000000000003', key: 'c0c1c2c3c4c5c6c7c8c9cacbcccdcecf' },
] as const satisfies ContentKey[];

/** The `type` member of a license: absent for null. */
export type LicenseType = MediaKeySessionType | null;

/** A license in the format of Clear Key: a JWK Set. */
export function license(keys: readonly ContentKey[], type: LicenseType = null): Uint8Array<ArrayBuffer> {
  return json({ keys: keys.map(jwk), ...(type !== null && { type }) });
}

export function jwk({ keyId, key }: ContentKey): { kty: string; kid: string; k: string } {
  return { kty: 'oct', kid: base64url(fromHex(keyId)), k: base64url(fromHex(key)) };
}

/** The acknowledgement of a record of license destruction. */
export function acknowledgement(keyIds: readonly string[]): Uint8Array<ArrayBuffer> {
  return json({ kids: keyIds.map((keyId) => base64url(fromHex(keyId))) });
}

export function json(value: unknown): Uint8Array<ArrayBuffer> {
  return text(JSON.stringify(value));
}

export function text(value: string): Uint8Array<ArrayBuffer> {
  return new TextEncoder().encode(value);
}

/** The JSON of a message event. */
export function readMessage(message: ArrayBuffer): unknown {
  return JSON.parse(new TextDecoder('utf-8', { fatal: true }).decode(message));
}

export function base64url(bytes: Uint8Array): string {
  return btoa(String.fromCharCode(...bytes))
    .replaceAll('+', '-')
    .replaceAll('/', '_')
    .replaceAll('=', '');
}

export function fromHex(hex: string): Uint8Array<ArrayBuffer> {
  return new Uint8Array((hex.match(/../g) ?? []).map((byte) => Number.parseInt(byte, 16)));
}

export function toHex(bytes: BufferSource): string {
  const view = ArrayBuffer.isView(bytes)
    ? new Uint8Array(bytes.buffer, bytes.byteOffset, bytes.byteLength)
    : new Uint8Array(bytes);
  return Array.from(view, (byte) => byte.toString(16).padStart(2, '0')).join('');
}
