import { ProblemError } from '../http/problem-error.js';
import type { Clock } from '../storage/owned-expiring-map.js';
import type { RateLimitedAction, ResolvedRateLimits } from './rate-limit-options.js';
import { TokenBuckets } from './token-buckets.js';

/** Who is counted. */
export type RateLimitedParty = 'address' | 'account';

/** What a wrong password costs on top of the login itself. */
const FAILED_LOGIN_TOKENS = 4;

/** Counts what addresses and accounts do. In memory: each process has counts of its own. */
export class RateLimits {
  readonly #buckets = new Map<string, TokenBuckets>();

  constructor(limits: ResolvedRateLimits, clock: Clock) {
    for (const [action, parties] of Object.entries(limits)) {
      for (const [party, budget] of Object.entries(parties)) {
        if (budget === null) continue;
        // As many as may be tried at once may all turn out to be wrong, and each is to be paid for in full.
        const maxDebt = action === 'login' ? FAILED_LOGIN_TOKENS : 0;
        this.#buckets.set(`${action}.${party}`, new TokenBuckets({ ...budget, maxDebt, clock }));
      }
    }
  }

  /** Counts one request of a party, or throws `too-many-requests` with the time to wait. */
  require(action: RateLimitedAction, party: RateLimitedParty, key: string): void {
    const waitMs = this.#buckets.get(`${action}.${party}`)?.take(key) ?? 0;
    if (waitMs === 0) return;

    throw new ProblemError('too-many-requests', {
      headers: { 'Retry-After': String(Math.ceil(waitMs / 1000)) },
    });
  }

  /** Says that the password was wrong, so that guessing runs out sooner than signing in. */
  countFailedLogin(party: RateLimitedParty, key: string): void {
    this.#buckets.get(`login.${party}`)?.charge(key, FAILED_LOGIN_TOKENS);
  }
}
