import type { SecurityLevel } from '@secure-player/protocol';

/** EME's session types, with the one that EME had until 2021. */
export type VirtualSessionType = 'temporary' | 'persistent-license' | 'persistent-usage-record';

/** Whether a key system lacks a feature, has it, or does not work without. */
export type FeatureSupport = 'not-supported' | 'supported' | 'required';

/** What a key system's messages look like on the wire. */
export type DialectName = 'clearkey' | 'widevine' | 'playready' | 'fairplay';

/**
 * What becomes of keys that are embedded in init data (https://github.com/w3c/encrypted-media/blob/main/key-rotation.md).
 *
 * - `spec`: EME as it stands; every `generateRequest()` makes a message, and embedded keys are opened by its answer.
 * - `parent`: no message where the root key is known; the new session's `parent` is the one that has the root key.
 * - `merged`: likewise, and the new session closes with `parent-merged` once its keys are in the parent.
 * - `empty-message`: likewise, with a message of no bytes, as some devices send it; no session has a parent.
 */
export type RotationMode = 'spec' | 'parent' | 'merged' | 'empty-message';

/** A key system as the virtual CDM plays it. All of it is plain data, so that it can be sent into a page. */
export interface VirtualSystem {
  /** EME's name of the key system, such as `com.widevine.alpha`. Every other name with the same meaning: `aliases`. */
  readonly keySystem: string;
  readonly aliases: readonly string[];
  readonly dialect: DialectName;
  /** Robustness levels from the weakest to the strongest that the device reaches; the empty string is always supported. */
  readonly videoRobustness: readonly string[];
  readonly audioRobustness: readonly string[];
  /** What the device's certificate says, and keys with a `minSecurityLevel` are held against. */
  readonly securityLevel: SecurityLevel;
  readonly initDataTypes: readonly string[];
  readonly encryptionSchemes: readonly string[];
  readonly sessionTypes: readonly VirtualSessionType[];
  readonly distinctiveIdentifier: FeatureSupport;
  readonly persistentState: FeatureSupport;
  /**
   * - `unsupported`: `setServerCertificate()` gives false.
   * - `optional`: used when the page sets one.
   * - `on-request`: a session without one first asks the license server for it, as Widevine does.
   * - `required`: `generateRequest()` fails without one, as FairPlay's does.
   */
  readonly serverCertificate: 'unsupported' | 'optional' | 'on-request' | 'required';
  /** `online`: the device has no certificate until an `individualization-request` was answered. */
  readonly provisioning: 'factory' | 'online';
  readonly rotation: RotationMode;
  /** Root keys that the device has from the start, by key id, 32 hex digits each. */
  readonly rootKeys: Readonly<Record<string, string>>;
  /** PlayReady: messages without the outer `PlayReadyKeyMessage`. */
  readonly bareMessages: boolean;
}
