import type { SealedIdentity } from '@secure-player/protocol';

import type { VirtualSessionType } from '../system/virtual-system.js';

/** A persistent session at rest. */
export interface StoredSession {
  readonly sessionId: string;
  readonly keySystem: string;
  readonly sessionType: VirtualSessionType;
  /** Keys, policy and times, encrypted under the store's own key. */
  readonly state: Uint8Array<ArrayBuffer>;
}

/**
 * What outlives a page, per origin. Everything in it can be structured-cloned; private keys are CryptoKeys that cannot be
 * exported.
 */
export interface SessionStore {
  read(sessionId: string): Promise<StoredSession | undefined>;
  /** Rejects with a DOMException `QuotaExceededError` when a new session would be one too many. */
  write(session: StoredSession): Promise<void>;
  /** A session that is not there is no error. */
  remove(sessionId: string): Promise<void>;
  /** The ids of all stored sessions. */
  list(): Promise<readonly string[]>;
  /** Removes all sessions, as a browser that needs the room may. */
  clear(): Promise<void>;

  /**
   * Claims a session id for this document until the function that it gives is called, or the document is gone. Null
   * where another session object, in whatever document of the origin, has it (EME: `load()`, QuotaExceededError).
   */
  claim(sessionId: string): Promise<(() => void) | null>;

  /** The device's keys and certificate for a key system, made by `make` at the first call in the origin. */
  identity(keySystem: string, make: () => Promise<SealedIdentity>): Promise<SealedIdentity>;
  /**
   * Puts a certified identity in the place of one without a certificate. One that has a certificate stays: licenses are
   * under way to it.
   */
  replaceIdentity(keySystem: string, identity: SealedIdentity): Promise<void>;
  /** The AES-GCM key that stored sessions are encrypted with; made at the first call, not extractable. */
  storageKey(): Promise<CryptoKey>;
}
