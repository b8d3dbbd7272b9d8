import type { PlaybackError } from '../error/playback-error.js';

const FIRST_RETRY_MS = 1_000;
/** How long one heartbeat may take. */
const ATTEMPT_MS = 10_000;
/** What a heartbeat gets though the lease is about to end: timers of a hidden tab may have been the ones that were late. */
const LAST_ATTEMPT_MS = 3_000;

/** How long an attempt may take that begins now: until the lease ends, within reason. */
export function attemptMs(expiresAt: number | null, now: number): number {
  const left = expiresAt === null ? ATTEMPT_MS : expiresAt - now;
  return left <= 0 ? ATTEMPT_MS : Math.min(ATTEMPT_MS, Math.max(LAST_ATTEMPT_MS, left));
}

/** How long to wait before the next attempt, after so many failures in a row. */
export function retryMs(failures: number, heartbeatMs: number): number {
  return Math.min(FIRST_RETRY_MS * 2 ** (failures - 1), heartbeatMs);
}

/**
 * When a lease ends on this device's clock, which may be ahead of the server's: never before the next heartbeat could have
 * been answered.
 */
export function leaseEnd(leaseExpiresAt: number, heartbeatMs: number, now: number): number {
  return Math.max(leaseExpiresAt, now + 1.5 * heartbeatMs);
}

/** Whether an error says no more than that the server could not be asked, or had no time. */
export function isPassing({ code }: PlaybackError): boolean {
  return PASSING.has(code);
}

const PASSING: ReadonlySet<PlaybackError['code']> = new Set([
  'entitlement-failed',
  'license-malformed',
  'license-unreachable',
  'authorize-failed',
  'offline',
  'unknown',
]);

/** Whether an error says that the account plays elsewhere. */
export function isStreamError({ code }: PlaybackError): boolean {
  return code === 'stream-limit-reached' || code === 'stream-taken-over';
}
