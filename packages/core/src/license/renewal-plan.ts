/**
 * How much of a license is left when another is asked for: a fifth of its term, within these bounds. In a hidden tab timers
 * run once a minute, so that the lower one is more than that.
 */
const LEAD_SHARE = 0.2;
const MIN_LEAD_MS = 90_000;
const MAX_LEAD_MS = 600_000;

/** A license for less than twice the lower bound is renewed in mid-term. */
const MAX_LEAD_SHARE = 0.5;

/** An audience that began together must not ask together: up to this part of the lead time is let pass, at random. */
const JITTER_SHARE = 0.25;

/** A try that failed is followed by another when this part of what is left has passed, give or take half of it. */
const NEXT_TRY_SHARE = 1 / 3;
const MIN_PAUSE_MS = 2_000;

/** From when until when a license is good. */
export interface LicenseTerm {
  /** Epoch milliseconds. */
  readonly receivedAt: number;
  /** Epoch milliseconds. */
  readonly expiresAt: number;
}

/**
 * When to ask for the next license, in epoch milliseconds.
 *
 * | license  | asked for, before its end |
 * | -------- | ------------------------- |
 * | 6 hours  | 7.5 to 10 min             |
 * | 10 min   | 90 to 120 s               |
 * | 2 min    | 45 to 60 s                |
 * | 10 s     | 3.75 to 5 s               |
 *
 * A module that asks by itself is left half of that time to do so.
 */
export function planRenewal(
  { receivedAt, expiresAt }: LicenseTerm,
  random: () => number,
  asksByItself = false,
): number {
  const term = Math.max(0, expiresAt - receivedAt);
  const wanted = Math.min(Math.max(term * LEAD_SHARE, MIN_LEAD_MS), MAX_LEAD_MS);
  const lead = Math.min(wanted, term * MAX_LEAD_SHARE) * (asksByItself ? 0.5 : 1);

  return expiresAt - lead * (1 - JITTER_SHARE * random());
}

/** When to try again what has failed for the moment, in epoch milliseconds; null where the license ends before. */
export function planNextTry(now: number, expiresAt: number, random: () => number): number | null {
  const pause = Math.max((expiresAt - now) * NEXT_TRY_SHARE, MIN_PAUSE_MS) * (0.5 + random());

  return now + pause < expiresAt ? now + pause : null;
}
