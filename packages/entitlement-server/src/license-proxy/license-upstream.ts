import type { KeyId, KeyPolicy, LicensePolicy, SealedSessionType } from '@secure-player/protocol';

import type { KeyGroup } from '../catalog/title.js';
import type { SystemName } from '../catalog/system-name.js';

/** What may go out, as it was decided a moment ago: what the token says, in whatever form a license server wants it. */
export interface UpstreamGrant {
  readonly tenant: string;
  /** Null for a free title watched without signing in. */
  readonly accountId: string | null;
  /** The digest of the playback session's id; null for a license without one. */
  readonly sessionKey: string | null;
  readonly deviceId: string | null;
  readonly contentId: string;
  readonly system: SystemName;
  readonly sessionType: SealedSessionType;
  /** At least one; none that the viewer may not have. */
  readonly keys: readonly GrantedKey[];
  /** Every bound that is known, as epoch milliseconds and durations; several give the earliest. */
  readonly policy: LicensePolicy;
}

/** One key that may go out, and what it demands of the device. */
export interface GrantedKey {
  readonly keyId: KeyId;
  /** Absent for root keys. */
  readonly group?: KeyGroup | undefined;
  readonly policy: KeyPolicy;
}

/** A CDM's message on its way. */
export interface UpstreamRequest {
  readonly grant: UpstreamGrant;
  /** Forwarded as it came. */
  readonly message: Uint8Array<ArrayBuffer>;
  readonly contentType: string | null;
  /** PlayReady's `SOAPAction`. */
  readonly soapAction: string | null;
  readonly signal: AbortSignal;
}

/** What the license server said, for the CDM. */
export interface UpstreamAnswer {
  readonly body: Uint8Array<ArrayBuffer>;
  readonly contentType: string | null;
}

/**
 * A license server behind the proxy. Rejects with a `ProblemError`: `license-upstream-refused`, `…-failed`, `…-timeout`, or
 * a problem that the built-in license server answered with, whose code is passed on.
 */
export interface LicenseUpstream {
  send(request: UpstreamRequest): Promise<UpstreamAnswer>;
}
