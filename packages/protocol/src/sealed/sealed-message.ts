import type { KeyId } from '../key-id/key-id.js';
import type { KeyPolicy, LicensePolicy } from '../policy/license-policy.js';

/** The key systems whose envelopes can carry a sealed message. */
export type SealedSystem = 'widevine' | 'playready' | 'fairplay';

/** What a sealed message is. The first five are a device's, the others a server's. */
export type SealedMessageType =
  | 'license-request'
  | 'license-renewal'
  | 'license-release'
  | 'individualization-request'
  | 'service-certificate-request'
  | 'license'
  | 'release-acknowledgement'
  | 'device-certificate'
  | 'service-certificate';

/**
 * A message as it lies in a key system's envelope: a body in this project's own format, and a signature over type and
 * body. `service-certificate-request` has neither; certificates carry their signature within.
 */
export interface SealedMessage {
  readonly type: SealedMessageType;
  readonly body: Uint8Array<ArrayBuffer>;
  readonly signature: Uint8Array<ArrayBuffer>;
}

/** EME's session types, as a license request names them. */
export type SealedSessionType = 'temporary' | 'persistent-license' | 'persistent-usage-record';

/** What a device asks for. */
export interface SealedRequest {
  readonly type: 'license-request' | 'license-renewal' | 'license-release';
  /** EME's session id. */
  readonly sessionId: string;
  readonly sessionType: SealedSessionType;
  readonly keyIds: readonly KeyId[];
  /** 16 random bytes, which only the answer to this very request repeats. */
  readonly nonce: Uint8Array<ArrayBuffer>;
  /** When it was made, by the device's clock, in epoch milliseconds. */
  readonly requestTime: number;
  /** The license that is renewed or released. */
  readonly licenseId?: string | undefined;
  /** FairPlay's content id, or the one in Widevine's init data. */
  readonly contentId?: string | undefined;
}

/** A key in a license. */
export interface SealedLicenseKey {
  readonly keyId: KeyId;
  /** 16 bytes; wrapped to the device on the wire. */
  readonly key: Uint8Array<ArrayBuffer>;
  readonly policy: KeyPolicy;
}

/** What a server answers to a license request or a renewal. */
export interface SealedLicense {
  readonly licenseId: string;
  /** When it was made, by the server's clock, in epoch milliseconds. */
  readonly issuedAt: number;
  /** May be empty in the answer to a renewal, which then keeps the keys that the device has. */
  readonly keys: readonly SealedLicenseKey[];
  readonly policy: LicensePolicy;
}

/** Reads and writes the outer shape that a key system's messages have, for players and proxies that look at it. */
export interface LicenseEnvelope {
  readonly system: SealedSystem;
  /** The bytes of EME's `message` event. */
  readonly writeRequest: (message: SealedMessage, details: EnvelopeDetails) => Uint8Array<ArrayBuffer>;
  /** What a license server receives, also after a player has unwrapped it. Throws a `ProtocolError`. */
  readonly readRequest: (bytes: Uint8Array) => SealedMessage;
  /** What a license server answers, and a page gives to `update()`. */
  readonly writeResponse: (message: SealedMessage) => Uint8Array<ArrayBuffer>;
  /** Throws a `ProtocolError`. */
  readonly readResponse: (bytes: Uint8Array) => SealedMessage;
}

/** What an envelope repeats outside the sealed body. None of it is trusted by the server. */
export interface EnvelopeDetails {
  readonly keyIds: readonly KeyId[];
  readonly nonce: Uint8Array;
  readonly requestTime: number;
  readonly contentId?: string | undefined;
  /** The server certificate that the request is meant for; FairPlay's messages name it by its serial. */
  readonly serviceCertificate?: Uint8Array | undefined;
  /** PlayReady: without the outer `PlayReadyKeyMessage`. @default false */
  readonly bare?: boolean | undefined;
}
