import type { LicensePolicy, OfflineLicenseStatus, OfflineLicenseTerms } from '@secure-player/protocol';

import type { Title } from '../catalog/title.js';
import type { Rental } from '../rentals/rental-store.js';
import type { OfflineLicense, StoredTerms } from './offline-license-store.js';

/** The terms of an offline license that begins now, from the policy that its licenses get now. */
export function termsOf(policy: LicensePolicy, now: number): StoredTerms {
  const { notAfter, licenseDurationSeconds, rentalDurationSeconds, playbackDurationSeconds } = policy;
  const startBy = later(now, rentalDurationSeconds);
  return {
    // What is begun at the last moment plays for its whole window, and nothing lasts longer.
    expiresAt: earliest(
      notAfter ?? null,
      later(now, licenseDurationSeconds),
      startBy === null ? null : later(startBy, playbackDurationSeconds),
    ),
    startBy,
    playWithinMs: later(0, playbackDurationSeconds),
  };
}

/** The policy for a license under an offline license: no later than its terms, which only a renewal begins anew. */
export function withinTerms(policy: LicensePolicy, license: OfflineLicense, now: number): LicensePolicy {
  const { rentalDurationSeconds, playbackDurationSeconds, ...rest } = policy;
  const notAfter = earliest(policy.notAfter ?? null, license.expiresAt);
  const bounded: LicensePolicy = notAfter === null ? rest : { ...rest, notAfter };
  // A window that began is in the end already; another license must not begin it once more.
  if (license.firstPlayedAt !== null) return bounded;

  const startBy = earliest(later(now, rentalDurationSeconds), license.startBy);
  return {
    ...bounded,
    ...(startBy !== null && { rentalDurationSeconds: Math.max(0, (startBy - now) / 1000) }),
    ...(playbackDurationSeconds !== undefined && { playbackDurationSeconds }),
  };
}

/** What a device is told of the terms. */
export function toTerms({
  expiresAt,
  startBy,
  playWithinMs,
  firstPlayedAt,
}: OfflineLicense): OfflineLicenseTerms {
  const hasBegun = firstPlayedAt !== null;
  return {
    expiresAt,
    startBy: hasBegun ? null : startBy,
    playWithinSeconds: hasBegun || playWithinMs === null ? null : playWithinMs / 1000,
  };
}

/** What has become of a license by now. */
export function statusOf({ end, expiresAt }: OfflineLicense, now: number): OfflineLicenseStatus {
  if (end !== null) return end.reason;
  return expiresAt !== null && expiresAt <= now ? 'expired' : 'active';
}

/** Whether renewing can bring a later end: a term begins anew, and the end of a title or a rental does not. */
export function isRenewable(
  { access, policy = {} }: Title,
  rental: Rental | null,
  { end, expiresAt, playWithinMs }: OfflineLicense,
): boolean {
  if (end !== null || (access === 'rental' && rental === null)) return false;
  if (expiresAt === null) return access !== 'rental' && playWithinMs !== null;

  const { expireMidPlay = true } = policy;
  const fixedEnd = earliest(
    expireMidPlay ? (policy.notAfter ?? null) : null,
    rental && rentalEnd(rental, policy.rental),
  );
  return fixedEnd === null || expiresAt < fixedEnd;
}

function rentalEnd(
  { rentedAt, startedAt }: Rental,
  { startWithinSeconds, playWithinSeconds }: NonNullable<NonNullable<Title['policy']>['rental']> = {},
): number | null {
  const start = startedAt ?? later(rentedAt, startWithinSeconds);
  return start === null ? null : later(start, playWithinSeconds);
}

function later(time: number, seconds: number | undefined): number | null {
  return seconds === undefined ? null : time + Math.round(seconds * 1000);
}

function earliest(...times: (number | null)[]): number | null {
  const known = times.filter((time) => time !== null);
  return known.length === 0 ? null : Math.min(...known);
}
