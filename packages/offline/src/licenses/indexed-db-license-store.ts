import { isPlaybackError, PlaybackError, type Clock } from '@secure-player/core';
import { openDB, type DBSchema, type IDBPDatabase } from 'idb';

import type { DueRelease } from './due-release.js';
import type { LicenseRecord } from './license-record.js';
import type { LicenseChange, LicenseStore } from './license-store.js';

const NAME = 'secure-player-licenses';
const VERSION = 1;
const WRAPPING = 'wrapping';

/** How long the database may take to open, in milliseconds: another tab may hold it. */
const PATIENCE_MS = 10_000;

/** What is known once for all. */
interface Facts {
  /** Epoch milliseconds. */
  readonly time: number;
  readonly device: string;
}

interface Schema extends DBSchema {
  readonly licenses: { readonly key: string; readonly value: LicenseRecord };
  readonly releases: { readonly key: string; readonly value: DueRelease };
  readonly keys: { readonly key: string; readonly value: CryptoKey };
  readonly facts: {
    readonly key: keyof Facts;
    readonly value: Facts[keyof Facts];
  };
}

type Database = IDBPDatabase<Schema>;

/** Options of {@link IndexedDbLicenseStore}. */
export interface IndexedDbLicenseStoreOptions {
  readonly clock: Clock;
  /** @default 'secure-player-licenses' */
  readonly name?: string | undefined;
}

/** Licenses in a database of their own. Nothing is opened before it is needed. */
export class IndexedDbLicenseStore implements LicenseStore {
  readonly #clock: Clock;
  readonly #name: string;
  #database: Promise<Database> | null = null;

  constructor({ clock, name = NAME }: IndexedDbLicenseStoreOptions) {
    this.#clock = clock;
    this.#name = name;
  }

  records(): Promise<readonly LicenseRecord[]> {
    return this.#run((database) => database.getAll('licenses'));
  }

  record(titleId: string): Promise<LicenseRecord | null> {
    return this.#run(async (database) => (await database.get('licenses', titleId)) ?? null);
  }

  dueReleases(): Promise<readonly DueRelease[]> {
    return this.#run((database) => database.getAll('releases'));
  }

  commit({ keep, forget, owe = [], settle = [] }: LicenseChange): Promise<void> {
    return this.#run(async (database) => {
      const transaction = database.transaction(['licenses', 'releases'], 'readwrite', {
        durability: 'strict',
      });
      const licenses = transaction.objectStore('licenses');
      const releases = transaction.objectStore('releases');
      const asked: Promise<unknown>[] = [transaction.done];
      try {
        if (forget !== undefined) asked.push(licenses.delete(forget));
        if (keep) asked.push(licenses.put(keep, keep.titleId));
        for (const release of owe) asked.push(releases.put(release, release.id));
        for (const id of settle) asked.push(releases.delete(id));
        await Promise.all(asked);
      } catch (error) {
        abort(transaction);
        // All are told: one that nobody listens to would be an unhandled rejection of the page's.
        await Promise.allSettled(asked);
        throw error;
      }
    });
  }

  async wrappingKey(make: () => Promise<CryptoKey>): Promise<CryptoKey> {
    const known = await this.#run((database) => database.get('keys', WRAPPING));
    if (known) return known;

    // A transaction would not live through this: it ends when it is left alone.
    const made = await make();
    return this.#run(async (database) => {
      const transaction = database.transaction('keys', 'readwrite', { durability: 'strict' });
      const first = await transaction.store.get(WRAPPING);
      await Promise.all([first ?? transaction.store.put(made, WRAPPING), transaction.done]);

      return first ?? made;
    });
  }

  readTime(): Promise<number | null> {
    return this.#run(async (database) => toTime(await database.get('facts', 'time')));
  }

  writeTime(time: number, { isProven }: { readonly isProven: boolean }): Promise<void> {
    return this.#run(async (database) => {
      const transaction = database.transaction('facts', 'readwrite');
      const known = toTime(await transaction.store.get('time'));
      const isNews = isProven || known === null || time > known;
      await Promise.all([isNews ? transaction.store.put(time, 'time') : undefined, transaction.done]);
    });
  }

  deviceId(make: () => string): Promise<string> {
    return this.#run(async (database) => {
      const transaction = database.transaction('facts', 'readwrite', { durability: 'strict' });
      const known = await transaction.store.get('device');
      const device = typeof known === 'string' ? known : make();
      await Promise.all([transaction.store.put(device, 'device'), transaction.done]);

      return device;
    });
  }

  close(): void {
    void this.#database?.then(
      (database) => database.close(),
      () => {},
    );
    this.#database = null;
  }

  async #run<Result>(work: (database: Database) => Promise<Result>): Promise<Result> {
    try {
      return await work(await this.#open());
    } catch (cause) {
      throw toStorageError(cause);
    }
  }

  #open(): Promise<Database> {
    if (this.#database) return this.#database;

    const opening = this.#connect();
    this.#database = opening;
    opening.catch(() => this.#forget(opening));
    return opening;
  }

  #connect(): Promise<Database> {
    return new Promise((resolve, reject) => {
      let isLate = false;
      const stopTimer = this.#clock.schedule(() => {
        isLate = true;
        reject(new PlaybackError('storage-failed', { message: 'The database of licenses did not open.' }));
      }, PATIENCE_MS);

      const opened: Promise<Database> = openDB<Schema>(this.#name, VERSION, {
        upgrade(fresh) {
          for (const store of ['licenses', 'releases', 'keys', 'facts'] as const) {
            fresh.createObjectStore(store);
          }
        },
        // Whoever opens a newer version, or deletes the database, must not wait for this page. An older page does the same, so
        // `blocked` is for a moment, or for as long as the timer allows.
        blocking: () => {
          this.#database = null;
          void opened.then((database) => database.close());
        },
        // Closed by the browser, as when a user clears the site's data: the next call opens it anew.
        terminated: () => {
          this.#database = null;
        },
      });
      opened.then((database) => (isLate ? database.close() : resolve(database)), reject).finally(stopTimer);
    });
  }

  #forget(opening: Promise<Database>): void {
    if (this.#database === opening) this.#database = null;
  }
}

/** What was asked before something threw would be done: a transaction that is left alone ends well. */
function abort(transaction: { abort(): void }): void {
  try {
    transaction.abort();
  } catch {
    // It has been aborted already.
  }
}

function toStorageError(cause: unknown): PlaybackError {
  if (isPlaybackError(cause)) return cause;

  const isFull = cause instanceof Error && cause.name === 'QuotaExceededError';
  return new PlaybackError(isFull ? 'storage-full' : 'storage-failed', { cause });
}

function toTime(value: unknown): number | null {
  return typeof value === 'number' ? value : null;
}
