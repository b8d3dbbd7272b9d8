import type { SealedIdentity } from '@secure-player/protocol';

import { createException } from '../webidl/exception.js';
import type { SessionStore, StoredSession } from './session-store.js';

/** How a memory store is limited. */
export interface MemorySessionStoreOptions {
  /** How many sessions it holds. @default no limit */
  readonly quota?: number | undefined;
}

/**
 * A {@link SessionStore} that lives as long as its object. Whoever shares the object shares an origin: CDMs that have the
 * same one are documents of it, whose stored sessions and claims exclude each other. Two stores know nothing of each other.
 */
export function createMemorySessionStore({ quota }: MemorySessionStoreOptions = {}): SessionStore {
  return new MemorySessionStore(quota ?? Infinity);
}

class MemorySessionStore implements SessionStore {
  readonly #quota: number;
  readonly #sessions = new Map<string, StoredSession>();
  readonly #claims = new Set<string>();
  readonly #identities = new Map<string, Promise<SealedIdentity>>();
  #storageKey: Promise<CryptoKey> | undefined;

  constructor(quota: number) {
    this.#quota = quota;
  }

  async read(sessionId: string): Promise<StoredSession | undefined> {
    const session = this.#sessions.get(sessionId);
    return session && copy(session);
  }

  async write(session: StoredSession): Promise<void> {
    const isNew = !this.#sessions.has(session.sessionId);
    if (isNew && this.#sessions.size >= this.#quota) {
      throw createException('QuotaExceededError', 'There is no room for another session.');
    }
    this.#sessions.set(session.sessionId, copy(session));
  }

  async remove(sessionId: string): Promise<void> {
    this.#sessions.delete(sessionId);
  }

  async list(): Promise<readonly string[]> {
    return [...this.#sessions.keys()];
  }

  async clear(): Promise<void> {
    this.#sessions.clear();
  }

  async claim(sessionId: string): Promise<(() => void) | null> {
    if (this.#claims.has(sessionId)) return null;

    this.#claims.add(sessionId);
    let isMine = true;
    return () => {
      // A second call must not end the claim of whoever has come after.
      if (isMine) this.#claims.delete(sessionId);
      isMine = false;
    };
  }

  identity(keySystem: string, make: () => Promise<SealedIdentity>): Promise<SealedIdentity> {
    const known = this.#identities.get(keySystem);
    if (known) return known;

    const identity = make();
    this.#identities.set(keySystem, identity);
    identity.catch(() => {
      if (this.#identities.get(keySystem) === identity) this.#identities.delete(keySystem);
    });
    return identity;
  }

  async replaceIdentity(keySystem: string, identity: SealedIdentity): Promise<void> {
    const held = this.identity(keySystem, async () => identity);
    const next = held.then((current) => (current.certificate.length > 0 ? current : identity));
    this.#identities.set(keySystem, next);
    await next;
  }

  storageKey(): Promise<CryptoKey> {
    this.#storageKey ??= crypto.subtle.generateKey({ name: 'AES-GCM', length: 256 }, false, [
      'encrypt',
      'decrypt',
    ]);
    return this.#storageKey;
  }
}

/** What is stored is nobody's to change. */
function copy(session: StoredSession): StoredSession {
  return Object.freeze({ ...session, state: session.state.slice() });
}
