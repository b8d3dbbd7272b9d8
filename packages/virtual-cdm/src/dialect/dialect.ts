import type { KeyId, LicensePolicy, SealedLicenseKey } from '@secure-player/protocol';

import type { VirtualSessionType } from '../system/virtual-system.js';

/** EME's message types. */
export type MessageType =
  | 'license-request'
  | 'license-renewal'
  | 'license-release'
  | 'individualization-request';

/** What goes out as EME's `message` event. */
export interface OutgoingMessage {
  readonly type: MessageType;
  readonly bytes: Uint8Array<ArrayBuffer>;
}

/** A license in the terms of the CDM, whatever it looked like on the wire. */
export interface ReceivedLicense {
  readonly licenseId: string;
  /** Empty in a renewal that keeps the keys as they are. */
  readonly keys: readonly SealedLicenseKey[];
  readonly policy: LicensePolicy;
  /** Whether it answers a renewal, and not a request. */
  readonly isRenewal: boolean;
  /** Whether it says of itself that it is to be stored. */
  readonly isPersistent: boolean;
}

/** What `update()` was given. */
export type IncomingMessage =
  /** `accepted` is to be called once the license has been taken: until then the same answer may be given again. */
  | { readonly kind: 'license'; readonly license: ReceivedLicense; readonly accepted: () => void }
  | { readonly kind: 'release-acknowledgement' }
  /** Neither brings keys nor takes any: it makes the next message possible. */
  | { readonly kind: 'next'; readonly message: OutgoingMessage };

/** What a session asks a license for. */
export interface LicenseDemand {
  readonly sessionId: string;
  readonly sessionType: VirtualSessionType;
  readonly keyIds: readonly KeyId[];
  readonly contentId?: string | undefined;
}

/** What became of a license, as its record of destruction tells the server. */
export interface DestroyedLicense {
  readonly licenseId: string;
  readonly keyIds: readonly KeyId[];
  /** When the keys were first and last used, in epoch milliseconds; null where they never were. */
  readonly usage: { readonly firstUsedAt: number; readonly lastUsedAt: number } | null;
}

/**
 * One session's talk with its license server, in the messages of one key system. It knows the wire and the cryptography,
 * and nothing of keys at work, of time or of EME.
 */
export interface LicenseExchange {
  /** The first message. Rejects with the exception that `generateRequest()` ends in. */
  request(demand: LicenseDemand): Promise<OutgoingMessage>;
  /** Rejects with a TypeError for what is no answer to this session. */
  receive(response: Uint8Array<ArrayBuffer>): Promise<IncomingMessage>;
  /** Null in a key system that has no renewals. */
  renew(demand: LicenseDemand, licenseId: string): Promise<OutgoingMessage | null>;
  release(demand: LicenseDemand, license: DestroyedLicense): Promise<OutgoingMessage>;
  /** Takes up a license that an earlier session object received. */
  resume(demand: LicenseDemand, licenseId: string): void;
}
