import { fromBase64Url } from '@secure-player/protocol';

/** The work one guess costs, in scrypt's terms (RFC 7914). */
export interface PasswordCost {
  /** CPU and memory cost, a power of two: `128 * N * r` bytes. */
  readonly N: number;
  readonly r: number;
  readonly p: number;
}

/** A password hash taken apart. */
export interface PasswordHash extends PasswordCost {
  readonly salt: Uint8Array;
  readonly digest: Uint8Array;
}

const LIMITS = { N: 2 ** 20, r: 32, p: 16 };

/** Takes a configured hash apart; null when `hashPassword()` could not have made it. */
export function parsePasswordHash(text: string): PasswordHash | null {
  const match = /^scrypt\$(\d{1,8})\$(\d{1,3})\$(\d{1,3})\$([\w-]{22})\$([\w-]{43})$/.exec(text);
  if (match === null) return null;

  const [N, r, p] = [Number(match[1]), Number(match[2]), Number(match[3])];
  const isPowerOfTwo = N > 1 && Number.isInteger(Math.log2(N));
  if (!isPowerOfTwo || N > LIMITS.N || r < 1 || r > LIMITS.r || p < 1 || p > LIMITS.p) return null;

  return { N, r, p, salt: fromBase64Url(match[4] ?? ''), digest: fromBase64Url(match[5] ?? '') };
}

/** Checks passwords. How is the platform's: scrypt is in Node and in no browser. */
export interface PasswordChecker {
  /** Whether the password is the one hashed. With null, for a user nobody knows, it takes as long and says no. */
  verify(password: string, hash: PasswordHash | null): Promise<boolean>;
}
