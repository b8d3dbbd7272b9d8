import type { KeyId, KeyPolicy, LicensePolicy, SealedSessionType } from '@secure-player/protocol';

import type { KeyGroup } from '../catalog/title.js';
import type { SystemName } from '../catalog/system-name.js';

/** What may go out, as it was decided a moment ago: what the token says, in whatever form a license server wants it. */
export interface UpstreamGrant {
  readonly tenant: string;
  /** Null for a free title watched without signing in. */
  readonly accountId: string | null;
  /** The digest of the id of the playback session or offline license; null for a license without one. */
  readonly sessionKey: string | null;
  /** The sign-in, or what the device of an offline license calls itself. */
  readonly deviceId: string | null;
  readonly contentId: string;
  readonly system: SystemName;
  readonly sessionType: SealedSessionType;
  /** At least one, but where the message takes no rights; none that the viewer may not have. */
  readonly keys: readonly GrantedKey[];
  /** Every bound that is known, as epoch milliseconds and durations; several give the earliest. */
  readonly policy: LicensePolicy;
}

/** One key that may go out, and what it demands of the device. */
export interface GrantedKey {
  readonly keyId: KeyId;
  /** Absent for root keys. */
  readonly group?: KeyGroup | undefined;
  /** Whether a root key may go out where the page sees it. */
  readonly inClear?: boolean | undefined;
  readonly policy: KeyPolicy;
}

/** What a CDM's message asks for, as far as the license server can read it. */
export interface MessageDemand {
  /** `release` is a license given back, `service` a server certificate or a device's own: neither takes rights. */
  readonly purpose: 'license' | 'release' | 'service';
  readonly keyIds: readonly KeyId[];
  /** For init data that names a title, or one key of it, in place of keys. */
  readonly contentId?: string | undefined;
  readonly sessionType: SealedSessionType;
  /** What the message calls its members, for problems that name them. */
  readonly fields: { readonly keyIds: string; readonly sessionType: string };
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
  /**
   * The key systems that it has licenses for: to be named for another is a fault of the configuration. Left out where it has
   * them for whatever it is named for.
   */
  readonly systems?: readonly SystemName[] | undefined;
  /**
   * False where the license server is not told whose a title is: that two tenants share the id of a title or a key is a fault of
   * the configuration then.
   * @default true: the grant says it
   */
  readonly tellsTenant?: boolean | undefined;
  /** Says what a message asks for; left out where nobody but the license server can tell. */
  inspect?(
    message: Pick<UpstreamRequest, 'message' | 'contentType'> & { system: SystemName },
  ): Promise<MessageDemand>;
  /** The server certificate of a system, if it has one. */
  certificate?(system: SystemName): Promise<Uint8Array<ArrayBuffer> | null>;
  send(request: UpstreamRequest): Promise<UpstreamAnswer>;
  /** Whether it is being asked at all; left out where that never changes. Reading it asks nobody. */
  readonly breaker?: { readonly status: BreakerStatus } | undefined;
}

/** What a circuit breaker does with requests: passes them on, refuses them, or tries one. */
export type BreakerStatus = 'closed' | 'open' | 'half-open';
