import { createHmac, timingSafeEqual } from 'node:crypto';

/** A JWT that was verified. */
export interface VerifiedJwt {
  readonly header: Readonly<Record<string, unknown>>;
  readonly payload: Readonly<Record<string, unknown>>;
}

/** Verifies HS256 by hand, as a vendor would with a library other than ours; null for what is not signed with the key. */
export function verifyHs256(token: string, key: Uint8Array): VerifiedJwt | null {
  const [header = '', payload = '', signature = ''] = token.split('.');
  const expected = createHmac('sha256', key).update(`${header}.${payload}`).digest();
  const given = Buffer.from(signature, 'base64url');
  if (given.length !== expected.length || !timingSafeEqual(given, expected)) return null;

  const verified = { header: readJson(header), payload: readJson(payload) };
  return verified.header['alg'] === 'HS256' ? verified : null;
}

function readJson(part: string): Readonly<Record<string, unknown>> {
  return JSON.parse(Buffer.from(part, 'base64url').toString()) as Record<string, unknown>;
}
