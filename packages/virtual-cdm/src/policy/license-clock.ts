import type { LicensePolicy } from '@secure-player/protocol';

/** A license and what has happened to it. All times are epoch milliseconds of the device's clock. */
export interface LicenseTimes {
  readonly policy: LicensePolicy;
  /** When it last came, a renewal included. */
  readonly receivedAt: number;
  /** When it came the first time. */
  readonly firstReceivedAt: number;
  /** When playback first began, null where it has not. */
  readonly firstPlayedAt: number | null;
  /**
   * When a renewal was last asked for, null where none is under way: the last one was answered, or it was asked for when
   * the license had expired already, which has no grace any more.
   */
  readonly renewalRequestedAt: number | null;
}

/** What a license's policy says at one moment. */
export interface LicenseClockReading {
  readonly state: 'usable' | 'usable-in-future' | 'expired';
  /** The earliest bound as EME's `expiration` shows it: epoch milliseconds, NaN where there is none. */
  readonly expiresAt: number;
  /** When a renewal is to be asked for; null where none is. A time that has passed means now. */
  readonly renewAt: number | null;
  /**
   * When to read the clock again, always later than now; null where nothing changes by itself. Not further away than a
   * platform's timer reaches, so at times nothing will have changed.
   */
  readonly nextChangeAt: number | null;
}

const DEFAULT_RETRY_SECONDS = 10;
/** A policy that lets a device ask without a pause would have it ask for ever. */
const MIN_RETRY_SECONDS = 1;
/** ECMAScript's time range. EME's `expiration` is never infinite. */
const MAX_TIME = 8.64e15;
/** Browsers and Node fire a timer at once that is set for longer (2^31 - 1 ms, 24.8 days). */
const MAX_TIMER = 0x7fff_ffff;

/** Reads a license's policy at a moment: whether it lets keys be used, until when, and when to renew. */
export function readLicenseClock(times: LicenseTimes, now: number): LicenseClockReading {
  const expiresAt = earliestBound(times);
  const state = stateAt(times.policy, expiresAt, now);
  const renewAt = state === 'expired' ? null : nextRenewal(times, expiresAt);

  return { state, expiresAt, renewAt, nextChangeAt: nextChange(times.policy, expiresAt, renewAt, now) };
}

function earliestBound(times: LicenseTimes): number {
  const { notAfter } = times.policy;
  const bounds = [notAfter, licenseBound(times), rentalBound(times), playbackBound(times)].filter(
    (bound) => bound !== undefined && Math.abs(bound) <= MAX_TIME,
  );

  return bounds.length === 0 ? Number.NaN : Math.min(...(bounds as number[]));
}

function licenseBound({ policy, receivedAt, renewalRequestedAt }: LicenseTimes): number | undefined {
  if (policy.licenseDurationSeconds === undefined) return undefined;

  const graceSeconds = renewalRequestedAt === null ? 0 : (policy.renewal?.graceSeconds ?? 0);
  return receivedAt + toMilliseconds(policy.licenseDurationSeconds + graceSeconds);
}

/** Until playback begins. If it begins too late, it has not begun in the sense of the policy. */
function rentalBound({ policy, firstReceivedAt, firstPlayedAt }: LicenseTimes): number | undefined {
  if (policy.rentalDurationSeconds === undefined) return undefined;

  const bound = firstReceivedAt + toMilliseconds(policy.rentalDurationSeconds);
  return firstPlayedAt !== null && firstPlayedAt < bound ? undefined : bound;
}

function playbackBound({ policy, firstPlayedAt }: LicenseTimes): number | undefined {
  if (policy.playbackDurationSeconds === undefined || firstPlayedAt === null) return undefined;

  return firstPlayedAt + toMilliseconds(policy.playbackDurationSeconds);
}

/** A bound is reached at its very millisecond. What has expired stays so, whatever the license says of its beginning. */
function stateAt({ notBefore }: LicensePolicy, expiresAt: number, now: number): LicenseClockReading['state'] {
  if (now >= expiresAt) return 'expired';

  return notBefore !== undefined && now < notBefore ? 'usable-in-future' : 'usable';
}

function nextRenewal(times: LicenseTimes, expiresAt: number): number | null {
  const { renewal } = times.policy;
  if (!renewal) return null;

  const retrySeconds = Math.max(renewal.retrySeconds ?? DEFAULT_RETRY_SECONDS, MIN_RETRY_SECONDS);
  const renewAt =
    times.renewalRequestedAt === null
      ? times.receivedAt + toMilliseconds(renewal.delaySeconds)
      : times.renewalRequestedAt + toMilliseconds(retrySeconds);

  return renewAt >= expiresAt || renewAt > MAX_TIME ? null : renewAt;
}

function nextChange(
  { notBefore }: LicensePolicy,
  expiresAt: number,
  renewAt: number | null,
  now: number,
): number | null {
  if (now >= expiresAt) return null;

  const changes = [notBefore ?? Number.NaN, expiresAt, renewAt ?? Number.NaN].filter((time) => time > now);
  return changes.length === 0 ? null : Math.min(...changes, now + MAX_TIMER);
}

function toMilliseconds(seconds: number): number {
  return seconds * 1000;
}
