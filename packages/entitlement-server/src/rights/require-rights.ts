import type { AccountRecord } from '../accounts/account-directory.js';
import type { Identity } from '../accounts/authenticate.js';
import type { Title } from '../catalog/title.js';
import { ProblemError } from '../http/problem-error.js';
import type { RentalStore } from '../rentals/rental-store.js';
import type { Clock } from '../storage/owned-expiring-map.js';
import { decideRights, type GrantedRights } from './decide-rights.js';
import type { PlanTable } from './plan-rules.js';

/** What it takes to know what somebody may watch. */
export interface RightsSources {
  readonly plans: PlanTable;
  readonly rentals: RentalStore;
  readonly clock: Clock;
}

/** Whose rights are asked for: whoever sent a request, or the account that something was opened for, signed in or not. */
export type RightsHolder = Identity | { readonly status: 'account'; readonly account: AccountRecord };

/** The rights of whoever sent a request from a region, or the problem that says why there are none. */
export async function requireRights(
  title: Title,
  identity: RightsHolder,
  region: string | null,
  { plans, rentals, clock }: RightsSources,
): Promise<GrantedRights> {
  const account = identity.status === 'account' ? identity.account : null;
  const isForRent = title.access === 'rental' && account !== null;
  const rights = decideRights(title, {
    account,
    plan: account && plans[account.plan],
    rental: isForRent ? ((await rentals.find(account.id, title.id)) ?? null) : null,
    region,
    now: clock(),
  });
  if (rights.status === 'granted') return rights;

  // A token that is over is worth saying: the player renews it instead of asking the viewer to buy something.
  const isStaleToken = rights.code === 'authentication-required' && identity.status === 'rejected';
  throw new ProblemError(isStaleToken ? 'session-expired' : rights.code);
}
