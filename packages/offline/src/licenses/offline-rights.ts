import type { Source } from '@secure-player/core';

/** How one question is asked. */
export interface OfflineRightsOptions {
  readonly signal: AbortSignal;
}

/** How long a server lets a license last. Times are epoch milliseconds of its clock. */
export interface OfflineRightsTerms {
  readonly expiresAt: number | null;
  /** By when the first playback must have begun; `null` without such a bound, or once it began. */
  readonly startBy?: number | null | undefined;
  /** How long it lasts from the first playback on; `null` without a bound, or once that counts in `expiresAt`. */
  readonly playWithinSeconds: number | null;
  readonly renewable: boolean;
  /** What time it is there. */
  readonly serverTime: number;
}

/** A license that a server keeps a list of. */
export interface OfflineGrant extends OfflineRightsTerms {
  /** A secret of this device. */
  readonly id: string;
  /** Whose license URLs carry the id. */
  readonly source: Source;
}

/** What has become of such a license. */
export interface OfflineRightsCheck extends OfflineRightsTerms {
  readonly status: 'active' | 'expired' | 'revoked' | 'released';
}

/**
 * The server that says which titles may be kept, for how long, and that can take that back. All reject with a PlaybackError:
 * `offline-license-revoked` for what was taken back, `stored-license-missing` for what it does not know any more, which is then
 * deleted. `check` and `reportFirstPlay` go by the id alone: who opened it may not be who is signed in by now.
 */
export interface OfflineRights {
  /** Asks for a license that is kept, for what the source names. */
  open(source: Source & { readonly id: string }, options: OfflineRightsOptions): Promise<OfflineGrant>;
  /** Begins another term. */
  renew(id: string, options: OfflineRightsOptions): Promise<OfflineGrant>;
  check(id: string, options: OfflineRightsOptions): Promise<OfflineRightsCheck>;
  /** Tells when playback first began, in epoch milliseconds. May be told again. */
  reportFirstPlay(id: string, at: number, options: OfflineRightsOptions): Promise<void>;
}
