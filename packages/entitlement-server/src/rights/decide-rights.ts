import type { Account, AccountPlan, KeyId } from '@secure-player/protocol';

import type { KeyGroup, Title, TitleKey } from '../catalog/title.js';

/** What somebody may do with a title at this moment. */
export type Rights = GrantedRights | RefusedRights;

/** The title plays, if not necessarily in every quality. */
export interface GrantedRights {
  readonly status: 'granted';
  /** The keys to hand out. */
  readonly keyIds: readonly KeyId[];
  /** The tallest picture these keys open, when there are taller ones. */
  readonly maxHeight?: number | undefined;
}

/** The title does not play; the code is the problem to answer with. */
export interface RefusedRights {
  readonly status: 'refused';
  readonly code: 'authentication-required' | 'subscription-expired' | 'plan-insufficient';
}

/** What a plan pays for. */
const PLAN_GROUPS: Readonly<Record<AccountPlan, readonly KeyGroup[]>> = {
  premium: ['AUDIO', 'SD', 'HD'],
  basic: ['AUDIO', 'SD'],
};

/** The one place where rights are decided; everything that hands out a key or a source asks here. */
export function decideRights(title: Title, account: Account | null, now: number): Rights {
  if (title.access === 'free') return grant(title.keys, []);
  if (account === null) return refuse('authentication-required');
  if (account.subscriptionEndsAt !== null && account.subscriptionEndsAt <= now)
    return refuse('subscription-expired');

  const groups = PLAN_GROUPS[account.plan];
  const included = title.keys.filter((key) => key.use === 'root' || groups.includes(key.group));
  const hasContentKeys = title.keys.some(isContentKey);
  // A root key alone opens nothing of a title whose other keys are all for other plans.
  if (hasContentKeys && !included.some(isContentKey)) return refuse('plan-insufficient');

  return grant(
    included,
    title.keys.filter((key) => !included.includes(key)),
  );
}

function isContentKey({ use }: TitleKey): boolean {
  return use !== 'root';
}

function grant(included: readonly TitleKey[], withheld: readonly TitleKey[]): GrantedRights {
  const keyIds = included.map(({ keyId }) => keyId);
  const heights = included.flatMap(({ maxHeight }) => maxHeight ?? []);
  if (withheld.length === 0 || heights.length === 0) return { status: 'granted', keyIds };

  return { status: 'granted', keyIds, maxHeight: Math.max(...heights) };
}

function refuse(code: RefusedRights['code']): RefusedRights {
  return { status: 'refused', code };
}
