import { getPath } from 'hono/utils/url';

import { limitedAction } from './limited-action.js';
import type { RateLimits } from './rate-limits.js';

/** Counts what the accounts of one tenant do, wherever they do it from. */
export class AccountLimits {
  readonly #limits: RateLimits;
  readonly #tenant: string;

  constructor(limits: RateLimits, tenant: string) {
    this.#limits = limits;
    this.#tenant = tenant;
  }

  /** Counts a request of an account, or throws `too-many-requests`. */
  require(request: Request, accountId: string): void {
    // As the routes read it: `%2D` is a hyphen to them.
    const action = limitedAction(request.method, getPath(request));
    if (action !== null) this.#limits.require(action, 'account', this.#keyOf(accountId));
  }

  /** Counts an attempt to sign in, whether there is such a user or not: the answer must not tell. */
  requireLogin(username: string): void {
    this.#limits.require('login', 'account', this.#keyOf(username));
  }

  /** Says that the password was wrong. */
  countFailedLogin(username: string): void {
    this.#limits.countFailedLogin('account', this.#keyOf(username));
  }

  #keyOf(name: string): string {
    return `${this.#tenant}/${name}`;
  }
}
