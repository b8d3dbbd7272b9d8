import type { SealedIdentity } from '@secure-player/protocol';
import { openDB, type DBSchema, type IDBPDatabase } from 'idb';

import type { SessionStore, StoredSession } from '../storage/session-store.js';
import { createException, exceptionNameOf } from '../webidl/exception.js';
import { holdLock } from './hold-lock.js';

const NAME = '@secure-player/virtual-cdm';
const VERSION = 1;
const STORAGE_KEY = 'storage';

/** What a store holds at most, where nothing else is asked for. */
const MAX_SESSIONS = 100;

interface Schema extends DBSchema {
  readonly sessions: { readonly key: string; readonly value: StoredSession };
  readonly identities: { readonly key: string; readonly value: SealedIdentity };
  readonly keys: { readonly key: string; readonly value: CryptoKey };
}

/**
 * The sessions of an origin in IndexedDB, and its devices' keys, which are never exported. Documents of one origin share it;
 * a session is claimed by a lock of the origin's, which the browser takes from a document that goes.
 *
 * Nothing is opened before it is needed. Every call rejects with a DOMException `NotSupportedError`, which the page then gets
 * from EME, where the page may not store, or where a newer copy of this package has taken the database over.
 */
export class IndexedDbSessionStore implements SessionStore {
  readonly #maxSessions: number;
  readonly #claimed = new Set<string>();
  readonly #releasing = new Map<string, Promise<void>>();
  #database: Promise<IDBPDatabase<Schema>> | null = null;

  constructor({ maxSessions = MAX_SESSIONS }: { readonly maxSessions?: number | undefined } = {}) {
    this.#maxSessions = maxSessions;
  }

  async read(sessionId: string): Promise<StoredSession | undefined> {
    return (await this.#open()).get('sessions', sessionId);
  }

  async write(session: StoredSession): Promise<void> {
    const transaction = (await this.#open()).transaction('sessions', 'readwrite');
    const { store } = transaction;
    const isNew = (await store.getKey(session.sessionId)) === undefined;
    if (isNew && (await store.count()) >= this.#maxSessions) {
      await transaction.done;
      throw createException('QuotaExceededError', 'There is no room for another session.');
    }

    // Both are told of a full disk: one that nobody listens to would be an unhandled rejection of the page's.
    await Promise.all([store.put(session, session.sessionId), transaction.done]);
  }

  async remove(sessionId: string): Promise<void> {
    await (await this.#open()).delete('sessions', sessionId);
  }

  async list(): Promise<readonly string[]> {
    return (await this.#open()).getAllKeys('sessions');
  }

  async clear(): Promise<void> {
    await (await this.#open()).clear('sessions');
  }

  async claim(sessionId: string): Promise<(() => void) | null> {
    // A lock is given back a moment after it is let go; to this document it was free at once.
    await this.#releasing.get(sessionId);
    if (this.#claimed.has(sessionId)) return null;

    this.#claimed.add(sessionId);
    const release = await this.#lock(sessionId);
    if (release) return release;

    this.#claimed.delete(sessionId);
    return null;
  }

  async identity(keySystem: string, make: () => Promise<SealedIdentity>): Promise<SealedIdentity> {
    return this.#getOrAdd('identities', keySystem, make);
  }

  async replaceIdentity(keySystem: string, identity: SealedIdentity): Promise<void> {
    const transaction = (await this.#open()).transaction('identities', 'readwrite');
    const held = await transaction.store.get(keySystem);
    const isCertified = held !== undefined && held.certificate.length > 0;
    await Promise.all([isCertified || transaction.store.put(identity, keySystem), transaction.done]);
  }

  async storageKey(): Promise<CryptoKey> {
    return this.#getOrAdd('keys', STORAGE_KEY, () =>
      crypto.subtle.generateKey({ name: 'AES-GCM', length: 256 }, false, ['encrypt', 'decrypt']),
    );
  }

  /** Two tabs may both make one; the transaction lets one of them win. */
  async #getOrAdd<Store extends 'identities' | 'keys'>(
    store: Store,
    key: string,
    make: () => Promise<Schema[Store]['value']>,
  ): Promise<Schema[Store]['value']> {
    const database = await this.#open();
    const known = await database.get(store, key);
    if (known) return known;

    // A transaction would not live through this: it ends when it is left alone.
    const made = await make();
    const transaction = (await this.#open()).transaction(store, 'readwrite');
    const first = await transaction.store.get(key);
    await Promise.all([first ?? transaction.store.put(made, key), transaction.done]);

    return first ?? made;
  }

  async #lock(sessionId: string): Promise<(() => void) | null> {
    let lock: Awaited<ReturnType<typeof holdLock>>;
    try {
      lock = await holdLock(`${NAME} session ${sessionId}`);
    } catch (cause) {
      this.#claimed.delete(sessionId);
      throw notSupported(cause);
    }
    if (!lock) return null;

    return () => {
      if (!this.#claimed.delete(sessionId)) return;
      const done = lock.released.finally(() => {
        if (this.#releasing.get(sessionId) === done) this.#releasing.delete(sessionId);
      });
      this.#releasing.set(sessionId, done);
      lock.release();
    };
  }

  #open(): Promise<IDBPDatabase<Schema>> {
    this.#database ??= this.#connect().catch((cause: unknown) => {
      this.#database = null;
      throw notSupported(cause);
    });
    return this.#database;
  }

  async #connect(): Promise<IDBPDatabase<Schema>> {
    const database: IDBPDatabase<Schema> = await openDB<Schema>(NAME, VERSION, {
      upgrade(fresh) {
        for (const store of ['sessions', 'identities', 'keys'] as const) fresh.createObjectStore(store);
      },
      // Whoever opens a newer version, or deletes the database, must not wait for this document. An older document
      // does the same, so that `blocked` is never for long.
      blocking: () => {
        this.#database = null;
        database.close();
      },
      // Closed by the browser, as when a user clears the site's data: the next call opens it anew.
      terminated: () => {
        this.#database = null;
      },
    });
    return database;
  }
}

function notSupported(cause: unknown): Error {
  const name = exceptionNameOf(cause);
  return createException(
    'NotSupportedError',
    `This page cannot store anything (${name}): allow it to, or install with \`storage: 'memory'\`.`,
  );
}
