import type { LicensePolicy, SealedSessionType } from '@secure-player/protocol';

import type { Rental } from '../rentals/rental-store.js';
import type { TitlePolicy } from './title-policy.js';

/** What bounds one license, as it is known at the moment. All times are epoch milliseconds. */
export interface LicenseBounds {
  readonly now: number;
  readonly policy: TitlePolicy;
  /** Null where the subscription has no end, or the title asks for none. */
  readonly subscriptionEndsAt: number | null;
  /** Null for titles that are not for rent. */
  readonly rental: Rental | null;
  readonly sessionType: SealedSessionType;
  /** When the viewing began that the license is for; null where it has not, or nobody can tell. */
  readonly begunAt: number | null;
  /** How long the stream or the prefetched session lasts that the license is for; null where it is not bound to any. */
  readonly lease: { readonly durationSeconds: number; readonly renewalSeconds: number } | null;
}

/** The policy of a license, or why the title has none now, in words for people. */
export type BoundedPolicy =
  | { readonly status: 'granted'; readonly policy: LicensePolicy }
  | { readonly status: 'refused'; readonly detail: string };

/**
 * Puts every bound of a license together. Several bounds of a kind give the earliest; one that is absent bounds nothing,
 * and 0 is a bound that has been reached at once.
 *
 * Where the title says `expireMidPlay: false`, its end is an end for beginnings: the license then says by when playback
 * must have begun, and what has begun may be watched to its end, with as many further licenses as that takes. What was paid
 * for by the hour, a rental or a subscription, ends when it ends.
 */
export function boundPolicy(bounds: LicenseBounds): BoundedPolicy {
  const { now, policy, rental, sessionType, begunAt, lease } = bounds;
  const { expireMidPlay = true, offline, rental: terms, ...base } = policy;
  const detail = refusalOf(policy, { now, begunAt });
  if (detail !== null) return { status: 'refused', detail };

  const isStored = sessionType === 'persistent-license';
  const startBy = earliest(
    secondsUntil(expireMidPlay || hasBegun(policy, begunAt) ? undefined : base.notAfter, now),
    base.rentalDurationSeconds,
    rental?.startedAt === null
      ? secondsUntil(endOf(rental.rentedAt, terms?.startWithinSeconds), now)
      : undefined,
  );
  const rentalEnd =
    rental && rental.startedAt !== null ? endOf(rental.startedAt, terms?.playWithinSeconds) : undefined;
  const notAfter = earliest(
    expireMidPlay ? base.notAfter : undefined,
    bounds.subscriptionEndsAt ?? undefined,
    rentalEnd,
    isStored ? endOf(now, offline?.termSeconds) : undefined,
  );

  const duration = earliest(base.licenseDurationSeconds, isStored ? undefined : lease?.durationSeconds);
  return {
    status: 'granted',
    policy: withoutAbsent({
      notBefore: base.notBefore,
      notAfter,
      licenseDurationSeconds: duration,
      rentalDurationSeconds: startBy,
      playbackDurationSeconds: earliest(
        base.playbackDurationSeconds,
        rental?.startedAt === null ? terms?.playWithinSeconds : undefined,
      ),
      renewal: isStored || lease === null ? base.renewal : renewalWithin(base.renewal, lease.renewalSeconds),
      canPersist: mayBeStored(policy) || base.canPersist,
    }),
  };
}

/** Why a title has no licenses now, in words for people; null where it has. */
export function refusalOf(
  policy: TitlePolicy,
  { now, begunAt }: Pick<LicenseBounds, 'now' | 'begunAt'>,
): string | null {
  const { notBefore, notAfter, expireMidPlay = true } = policy;
  if (notBefore !== undefined && now < notBefore) return 'The title is not available yet.';
  if (notAfter === undefined || now < notAfter) return null;
  return !expireMidPlay && hasBegun(policy, begunAt) ? null : 'The title is no longer available.';
}

/** Whether licenses of the title may be stored. */
export function mayBeStored({ canPersist, offline }: TitlePolicy): boolean {
  return canPersist === true || offline !== undefined;
}

/** Whether a viewing began before the title's end. */
function hasBegun({ notAfter }: TitlePolicy, begunAt: number | null): boolean {
  return begunAt !== null && (notAfter === undefined || begunAt < notAfter);
}

/** A lease lasts as long as it is renewed, whatever the title says about renewals. */
function renewalWithin(renewal: LicensePolicy['renewal'], seconds: number): LicensePolicy['renewal'] {
  return { ...renewal, delaySeconds: Math.min(renewal?.delaySeconds ?? seconds, seconds) };
}

function earliest(...bounds: (number | undefined)[]): number | undefined {
  const known = bounds.filter((bound) => bound !== undefined);
  return known.length === 0 ? undefined : Math.min(...known);
}

function endOf(start: number, seconds: number | undefined): number | undefined {
  return seconds === undefined ? undefined : start + seconds * 1000;
}

function secondsUntil(end: number | undefined, now: number): number | undefined {
  return end === undefined ? undefined : Math.max(0, (end - now) / 1000);
}

function withoutAbsent(policy: LicensePolicy): LicensePolicy {
  return Object.fromEntries(
    Object.entries(policy).filter(([, value]) => value !== undefined && value !== false),
  );
}
