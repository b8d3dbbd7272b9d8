import { ProblemError } from '../http/problem-error.js';
import type { AccountLimits } from '../rate-limits/account-limits.js';
import type { AccountDirectory, AccountRecord } from './account-directory.js';
import type { BearerSession, BearerSessions } from './bearer-sessions.js';

/**
 * Who sends a request. `rejected` is a bearer token that is over or never was: licenses of a public title are given to
 * it as to anybody, everything else answers 401 and the player signs in again.
 */
export type Identity =
  | { readonly status: 'anonymous' }
  | { readonly status: 'rejected' }
  | { readonly status: 'account'; readonly account: AccountRecord; readonly login: BearerSession };

/** What it takes to tell who sends a request. */
export interface Authenticator {
  readonly bearers: BearerSessions;
  readonly accounts: AccountDirectory;
  /** Counts what accounts do. @default they may do as much as they like */
  readonly accountLimits?: AccountLimits | undefined;
}

/**
 * Reads the Authorization header (RFC 6750 section 2.1). Another scheme than Bearer is as good as none. Once for each request,
 * because it counts: an account that asks too often gets `too-many-requests`.
 */
export async function authenticate(
  request: Request,
  { bearers, accounts, accountLimits }: Authenticator,
): Promise<Identity> {
  const token = /^Bearer +(.*)$/i.exec(request.headers.get('authorization') ?? '')?.[1];
  if (token === undefined) return { status: 'anonymous' };

  const login = await bearers.find(token);
  const account = login && (await accounts.findById(login.accountId));
  if (!login || !account) return { status: 'rejected' };

  accountLimits?.require(request, account.id);
  return { status: 'account', account, login };
}

/** The account, or 401: with the reason, so that a client knows whether its token can still be any good. */
export function requireAccount(identity: Identity): Extract<Identity, { status: 'account' }> {
  switch (identity.status) {
    case 'account':
      return identity;
    case 'rejected':
      throw new ProblemError('session-expired');
    case 'anonymous':
      throw new ProblemError('authentication-required');
    default:
      return identity satisfies never;
  }
}
