import type { Account, KeyId } from '@secure-player/protocol';

import type { Title, TitleKey } from '../catalog/title.js';
import type { Rental } from '../rentals/rental-store.js';
import { isRegionAllowed } from './region-rights.js';
import type { PlanRules } from './plan-rules.js';

/** What somebody may do with a title at this moment. */
export type Rights = GrantedRights | RefusedRights;

/** The title plays, if not necessarily in every quality. */
export interface GrantedRights {
  readonly status: 'granted';
  /** The keys to hand out. */
  readonly keyIds: readonly KeyId[];
  /** The tallest picture these keys open, when there are taller ones. */
  readonly maxHeight?: number | undefined;
  /** Null for titles that are not for rent. */
  readonly rental: Rental | null;
  /** What the plan demands and limits; null where the title is free. */
  readonly plan: PlanRules | null;
}

/** The title does not play; the code is the problem to answer with. */
export interface RefusedRights {
  readonly status: 'refused';
  readonly code:
    | 'authentication-required'
    | 'subscription-expired'
    | 'plan-insufficient'
    | 'region-blocked'
    | 'rental-required'
    | 'rental-expired';
}

/** Who wants to watch, from where, and when. */
export interface Viewer {
  readonly account: Account | null;
  /** What the account's plan pays for; null without an account. */
  readonly plan: PlanRules | null;
  /** The account's rental of this title; null without one. */
  readonly rental: Rental | null;
  /** ISO 3166-1 alpha-2, or null when nobody knows. */
  readonly region: string | null;
  readonly now: number;
}

/** The one place where rights are decided; everything that hands out a key or a source asks here. */
export function decideRights(title: Title, { account, plan, rental, region, now }: Viewer): Rights {
  if (!isRegionAllowed(title, region)) return refuse('region-blocked');
  if (title.access === 'free') return grant(title.keys, [], { rental: null, plan: null });
  if (account === null || plan === null) return refuse('authentication-required');
  if (title.access === 'rental') {
    if (rental === null) return refuse('rental-required');
    if (!isOpen(title, rental, now)) return refuse('rental-expired');
    // Who has rented a title has paid for all of it.
    return grant(title.keys, [], { rental, plan });
  }
  if (account.subscriptionEndsAt !== null && account.subscriptionEndsAt <= now)
    return refuse('subscription-expired');

  const included = title.keys.filter((key) => key.use === 'root' || plan.groups[key.group] !== undefined);
  const hasContentKeys = title.keys.some(isContentKey);
  // A root key alone opens nothing of a title whose other keys are all for other plans.
  if (hasContentKeys && !included.some(isContentKey)) return refuse('plan-insufficient');

  const withheld = title.keys.filter((key) => !included.includes(key));
  return grant(included, withheld, { rental: null, plan });
}

function isOpen({ policy }: Title, { rentedAt, startedAt }: Rental, now: number): boolean {
  const { startWithinSeconds, playWithinSeconds } = policy?.rental ?? {};
  return startedAt === null
    ? isWithin(rentedAt, startWithinSeconds, now)
    : isWithin(startedAt, playWithinSeconds, now);
}

function isWithin(start: number, seconds: number | undefined, now: number): boolean {
  return seconds === undefined || now < start + seconds * 1000;
}

function isContentKey({ use }: TitleKey): boolean {
  return use !== 'root';
}

function grant(
  included: readonly TitleKey[],
  withheld: readonly TitleKey[],
  rest: Pick<GrantedRights, 'rental' | 'plan'>,
): GrantedRights {
  const keyIds = included.map(({ keyId }) => keyId);
  const heights = included.flatMap(({ maxHeight }) => maxHeight ?? []);
  if (withheld.length === 0 || heights.length === 0) return { status: 'granted', keyIds, ...rest };

  return { status: 'granted', keyIds, maxHeight: Math.max(...heights), ...rest };
}

function refuse(code: RefusedRights['code']): RefusedRights {
  return { status: 'refused', code };
}
