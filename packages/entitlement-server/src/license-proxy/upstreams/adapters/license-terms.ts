import type { UpstreamGrant } from '../../license-upstream.js';
import { cannotSay } from './cannot-say.js';

/**
 * What bounds a license in time, in the units of vendors' messages: whole seconds, and only bounds that are there and still
 * ahead. Vendors read 0 as "no bound", where in our policies it is a bound that has been reached; so there is no 0 in here.
 */
export interface LicenseTerms {
  /** Epoch milliseconds; only when it is ahead. */
  readonly startsAt?: number | undefined;
  /** Epoch milliseconds. */
  readonly endsAt?: number | undefined;
  readonly licenseSeconds?: number | undefined;
  readonly rentalSeconds?: number | undefined;
  readonly playbackSeconds?: number | undefined;
  readonly renewal?: RenewalTerms | undefined;
  /** Whether the device may store it: it asked for such a license, and the policy allows one. */
  readonly isPersistent: boolean;
}

/** When a CDM asks for a renewal by itself. */
export interface RenewalTerms {
  /** 0 is at once. */
  readonly delaySeconds: number;
  readonly retrySeconds: number;
  /** At least 1: Widevine reads 0 as a grace without an end. */
  readonly graceSeconds: number;
}

const DEFAULT_RETRY_SECONDS = 10;

/**
 * Reads the terms of a grant.
 *
 * @throws ProblemError `license-upstream-refused` where a bound has been reached, or will be within a second.
 */
export function licenseTerms({ policy, sessionType }: UpstreamGrant, now: number): LicenseTerms {
  const { notBefore, notAfter, renewal } = policy;
  if (notAfter !== undefined && notAfter - now < 1000) throw cannotSay('a license that has ended');

  return {
    startsAt: notBefore !== undefined && notBefore > now ? notBefore : undefined,
    endsAt: notAfter,
    licenseSeconds: bound(policy.licenseDurationSeconds),
    rentalSeconds: bound(policy.rentalDurationSeconds),
    playbackSeconds: bound(policy.playbackDurationSeconds),
    renewal: renewal && {
      delaySeconds: Math.floor(renewal.delaySeconds),
      retrySeconds: Math.max(1, Math.floor(renewal.retrySeconds ?? DEFAULT_RETRY_SECONDS)),
      graceSeconds: Math.max(1, Math.floor(renewal.graceSeconds ?? 0)),
    },
    isPersistent: sessionType === 'persistent-license' && policy.canPersist === true,
  };
}

/** The earlier of bounds that may be absent. */
export function earliest(...bounds: readonly (number | undefined)[]): number | undefined {
  const given = bounds.filter((each) => each !== undefined);
  return given.length === 0 ? undefined : Math.min(...given);
}

/** The seconds that are left until a time; at least 1, as the terms hold none that is over. */
export function secondsUntil(time: number, now: number): number {
  return Math.max(1, Math.floor((time - now) / 1000));
}

function bound(seconds: number | undefined): number | undefined {
  if (seconds === undefined) return undefined;

  const whole = Math.floor(seconds);
  if (whole < 1) throw cannotSay('a license that lasts no time');
  return whole;
}
