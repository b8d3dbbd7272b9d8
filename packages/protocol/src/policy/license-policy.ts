import type { HdcpLevel } from './hdcp-level.js';

/** From the weaker to the stronger. */
export const SECURITY_LEVELS = ['software', 'hardware'] as const;

/** Where a device keeps keys and decrypts. */
export type SecurityLevel = (typeof SECURITY_LEVELS)[number];

/** What a key can be for. */
export const KEY_USES = ['content', 'root'] as const;

/**
 * What bounds a license in time. Several bounds give the earliest. A member that is absent sets no bound; 0 is a bound
 * that has been reached at once.
 */
export interface LicensePolicy {
  /** Epoch milliseconds before which no key is usable. */
  readonly notBefore?: number | undefined;
  /** Epoch milliseconds after which no key is usable. */
  readonly notAfter?: number | undefined;
  /** How long the license lasts after it was received; a renewal begins it anew. */
  readonly licenseDurationSeconds?: number | undefined;
  /** Within which time after the license was first received playback must begin. */
  readonly rentalDurationSeconds?: number | undefined;
  /** How long the license lasts after playback first began. */
  readonly playbackDurationSeconds?: number | undefined;
  readonly renewal?: LicenseRenewal | undefined;
  /** Whether the license may be stored. @default false */
  readonly canPersist?: boolean | undefined;
}

/** When a CDM asks for a renewal by itself. */
export interface LicenseRenewal {
  /** How long after the license was received the first renewal is asked for. */
  readonly delaySeconds: number;
  /** How long after an unanswered request the next one follows. @default 10 */
  readonly retrySeconds?: number | undefined;
  /** How long keys stay usable after `licenseDurationSeconds` while a renewal is under way. @default 0 */
  readonly graceSeconds?: number | undefined;
}

/** What one key demands of the device, and what it is for. */
export interface KeyPolicy {
  /** The HDCP version that every output must have. */
  readonly minHdcp?: HdcpLevel | undefined;
  /** What the device must at least be. */
  readonly minSecurityLevel?: SecurityLevel | undefined;
  /** `content` decrypts media; `root` opens keys that are embedded in the media. @default 'content' */
  readonly use?: (typeof KEY_USES)[number] | undefined;
}
