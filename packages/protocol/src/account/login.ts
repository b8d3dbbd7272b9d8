/** What an account pays for. Whether it is paid up is a date of its own: `subscriptionEndsAt`. */
export type AccountPlan = 'premium' | 'basic';

/** An account as its owner may see it. */
export interface Account {
  readonly id: string;
  readonly name: string;
  readonly plan: AccountPlan;
  /** Epoch milliseconds, possibly in the past; null when the subscription has no end. */
  readonly subscriptionEndsAt: number | null;
}

/** The body of `POST /v1/login`. */
export interface LoginRequest {
  readonly username: string;
  readonly password: string;
}

/** The answer to `POST /v1/login`. */
export interface LoginResponse {
  /** Send it as a Bearer token; never put it in a URL or a log. */
  readonly token: string;
  /** When the token stops working, in epoch milliseconds. */
  readonly expiresAt: number;
  readonly account: Account;
}
