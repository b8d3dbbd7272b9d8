import { randomBytes, scrypt, timingSafeEqual, type ScryptOptions } from 'node:crypto';

import { toBase64Url } from '@secure-player/protocol';

import type { PasswordChecker, PasswordCost, PasswordHash } from '../accounts/password-hash.js';
import { ProblemError } from '../http/problem-error.js';
import type { Random } from '../secrets/opaque-secret.js';

/** 16 MiB and five passes: one of the settings of OWASP's password storage cheat sheet, small enough for a login. */
const DEFAULT_COST: PasswordCost = { N: 2 ** 14, r: 8, p: 5 };
const SALT_BYTES = 16;
const DIGEST_BYTES = 32;

/**
 * Hashes a password for the configuration: `scrypt$N$r$p$salt$digest`. Use one cost for all accounts, or the time a
 * login takes tells which of them exist.
 */
export async function hashPassword(
  password: string,
  options: { readonly cost?: PasswordCost | undefined; readonly random?: Random | undefined } = {},
): Promise<string> {
  const cost = options.cost ?? DEFAULT_COST;
  const salt = (options.random ?? randomBytes)(SALT_BYTES);
  const digest = await derive(password, salt, cost);
  return ['scrypt', cost.N, cost.r, cost.p, toBase64Url(salt), toBase64Url(digest)].join('$');
}

/** How much password work may be under way. */
export interface PasswordVerifierOptions {
  /**
   * The cost of the hash that stands in for an unknown user's.
   * @default the cost hashPassword() uses
   */
  readonly decoyCost?: PasswordCost | undefined;
  /**
   * Hashes computed at a time. Each takes memory and a thread of Node's pool, which file reads use too.
   * @default 2
   */
  readonly concurrency?: number | undefined;
  /**
   * Logins that may wait; further ones are turned away with 503.
   * @default 64
   */
  readonly queueLimit?: number | undefined;
}

/** Verifies passwords in constant time, for users that exist and for those that do not, and a few at a time. */
export class PasswordVerifier implements PasswordChecker {
  readonly #decoy: PasswordHash;
  readonly #concurrency: number;
  readonly #queueLimit: number;
  readonly #waiting: (() => void)[] = [];
  #running = 0;

  constructor({ decoyCost = DEFAULT_COST, concurrency = 2, queueLimit = 64 }: PasswordVerifierOptions = {}) {
    this.#decoy = { ...decoyCost, salt: randomBytes(SALT_BYTES), digest: randomBytes(DIGEST_BYTES) };
    this.#concurrency = concurrency;
    this.#queueLimit = queueLimit;
  }

  async verify(password: string, hash: PasswordHash | null): Promise<boolean> {
    await this.#acquire();
    try {
      const expected = hash ?? this.#decoy;
      const matches = timingSafeEqual(await derive(password, expected.salt, expected), expected.digest);
      return matches && hash !== null;
    } finally {
      this.#release();
    }
  }

  async #acquire(): Promise<void> {
    if (this.#running < this.#concurrency) {
      this.#running += 1;
      return;
    }
    if (this.#waiting.length >= this.#queueLimit) {
      throw new ProblemError('service-unavailable', {
        detail: 'Too many people are signing in at once.',
        headers: { 'Retry-After': '2' },
      });
    }
    await new Promise<void>((resolve) => this.#waiting.push(resolve));
  }

  /** Hands the place to the next in line, so that nobody can slip in between. */
  #release(): void {
    const next = this.#waiting.shift();
    if (next === undefined) this.#running -= 1;
    else next();
  }
}

async function derive(password: string, salt: Uint8Array, { N, r, p }: PasswordCost): Promise<Buffer> {
  // Node refuses what needs more than 32 MiB unless told; scrypt needs 128 * r * (N + p) bytes and a little.
  const options: ScryptOptions = { N, r, p, maxmem: 128 * r * (N + p + 16) };
  return new Promise((resolve, reject) => {
    // The same password typed on two keyboards can be two byte sequences (NIST SP 800-63B section 5.1.1.2).
    scrypt(password.normalize('NFKC'), salt, DIGEST_BYTES, options, (error, key) => {
      if (error === null) resolve(key);
      else reject(error);
    });
  });
}
