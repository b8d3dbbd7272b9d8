import type { ProblemCode } from '@secure-player/protocol';

/** What can be decided about. */
export type AuditAction =
  | 'login'
  | 'logout'
  | 'entitlement'
  | 'session-open'
  | 'session-renew'
  | 'session-end'
  | 'stream-stop'
  | 'license'
  | 'offline-open'
  | 'offline-renew'
  | 'offline-play'
  | 'offline-revoke'
  | 'offline-release'
  | 'rental'
  | 'device-remove';

/**
 * One decision, with its reason. There is no place for a secret: no token, session id, message, address or user name, but
 * ids of the configuration, codes and counts.
 */
export interface AuditEntry {
  /** Epoch milliseconds. */
  readonly time: number;
  readonly action: AuditAction;
  /** `granted`, or the code of the problem that it was refused with. */
  readonly decision: 'granted' | ProblemCode;
  readonly accountId: string | null;
  readonly contentId: string | null;
  /** The key system of a license. */
  readonly system: string | null;
  /** The region that was decided for. */
  readonly region: string | null;
  /** How many of the keys that a request asked for a license was granted; when it was refused, how many were asked for. */
  readonly keys: number | null;
  /** Tells entries of one playback session or offline license together: the digest of its id. */
  readonly sessionKey: string | null;
}

/** Which entries are wanted. */
export interface AuditQuery {
  readonly accountId?: string | undefined;
  /** The newest ones, at most this many. @default 100 */
  readonly limit?: number | undefined;
}

/** Where decisions are written down. */
export interface AuditTrail {
  /** Takes an entry and returns at once. It is kept soon after, and at the latest when the store is closed. */
  append(entry: AuditEntry): void;
  /** Newest first; entries taken before the call are in it. */
  list(query?: AuditQuery): Promise<readonly AuditEntry[]>;
}
