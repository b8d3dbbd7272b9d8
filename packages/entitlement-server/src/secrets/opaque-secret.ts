import { sha256 } from '@noble/hashes/sha2.js';
import { toBase64Url } from '@secure-player/protocol';

/** A source of random bytes; injected so that tests can tell sessions apart, the platform's everywhere else. */
export type Random = (length: number) => Uint8Array;

/** The platform's own random bytes. */
export const randomBytes: Random = (length) => crypto.getRandomValues(new Uint8Array(length));

const SECRET_BYTES = 32;
const SECRET_TEXT = /^[\w-]{43}$/;

/** 256 bits in 43 characters of base64url: a bearer token or a playback session id. Whoever holds it is let in. */
export function createOpaqueSecret(random: Random = randomBytes): string {
  return toBase64Url(random(SECRET_BYTES));
}

/** Whether the text can be one of our secrets at all; what cannot is not worth a look-up. */
export function isOpaqueSecret(text: string): boolean {
  return SECRET_TEXT.test(text);
}

/**
 * The name under which a secret is stored. A leaked store then lets nobody in, and a look-up compares digests
 * that a caller cannot steer digit by digit, so its timing says nothing. Unsalted, because 256 random bits
 * cannot be guessed from a table.
 */
export async function digestSecret(secret: string): Promise<string> {
  // Every request needs it, and Web Crypto's way to another thread and back takes longer than the hash.
  return toBase64Url(sha256(new TextEncoder().encode(secret)));
}
