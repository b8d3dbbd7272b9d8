import { PGlite, types, type PGliteOptions as Options } from '@electric-sql/pglite';

import { EntitlementServerError, isEntitlementServerError } from '../../entitlement-server-error.js';
import { SESSION_SETTINGS } from '../../sql/session-settings.js';
import type { SqlDatabase, SqlValue } from '../../sql/sql-database.js';
import { toStorableValues } from '../../sql/storable-values.js';
import { toStoreFailure } from '../../sql/store-failure.js';
import { DurableNodeFs } from './durable-node-fs.js';
import { lockFolder, type FolderLock } from './folder-lock.js';
import { PgliteUpkeep } from './pglite-upkeep.js';
import { completeDataFolder, dataFolderOf, prepareDataFolder } from './pglite-folder.js';

/** How PGlite keeps things. */
export interface PgliteOptions {
  /**
   * What a call that resolved survives. `power-loss`: that too, as each commit is flushed to the disk. `process-kill`: the
   * end of this process however it comes, but not of the machine; faster where the disk is slow.
   * @default 'power-loss'
   */
  readonly survives?: 'power-loss' | 'process-kill' | undefined;
}

/** The address of a database that is gone when it is closed. */
const MEMORY = 'memory://';

/**
 * Opens the PGlite database in a folder, and makes it if there is none. Rejects with `store-in-use` while another process
 * has it, and with `store-unavailable` when it cannot be opened. `memory://` instead of a folder keeps nothing.
 */
export async function openPglite(folder: string, options: PgliteOptions = {}): Promise<SqlDatabase> {
  if (folder === MEMORY) return new PgliteDatabase(await create({ dataDir: MEMORY }), null);

  const lock = await lockFolder(folder).catch(rejectUnavailable);
  try {
    const isComplete = await prepareDataFolder(folder);
    const db = await create(storageOptions(dataFolderOf(folder), options.survives ?? 'power-loss'));
    if (!isComplete) await completeDataFolder(folder);
    return new PgliteDatabase(db, lock);
  } catch (cause) {
    await lock.release();
    return rejectUnavailable(cause);
  }
}

function storageOptions(folder: string, survives: NonNullable<PgliteOptions['survives']>): Options {
  if (survives === 'process-kill') return { dataDir: folder };
  return {
    fs: new DurableNodeFs(folder),
    startParams: [
      // `-F` turns flushing off.
      ...PGlite.defaultStartParams.filter((parameter) => parameter !== '-F'),
      // PGlite's `fdatasync`, the default, does nothing.
      '-c',
      'wal_sync_method=fsync',
    ],
  };
}

async function create(options: Options): Promise<PGlite> {
  const db = await PGlite.create({ ...options, parsers: { [types.INT8]: Number } });
  for (const [name, value] of Object.entries(SESSION_SETTINGS)) await db.exec(`set ${name} = ${value}`);
  return db;
}

function rejectUnavailable(cause: unknown): never {
  if (isEntitlementServerError(cause)) throw cause;
  throw new EntitlementServerError(
    'store-unavailable',
    'The PGlite database in the folder cannot be opened.',
    {
      cause,
    },
  );
}

class PgliteDatabase implements SqlDatabase {
  readonly isConcurrent = false;
  readonly #db: PGlite;
  readonly #lock: FolderLock | null;
  readonly #upkeep: PgliteUpkeep;
  #closing: Promise<void> | undefined;

  constructor(db: PGlite, lock: FolderLock | null) {
    this.#db = db;
    this.#lock = lock;
    this.#upkeep = new PgliteUpkeep(db);
  }

  async query<Row extends object>(text: string, values: readonly SqlValue[] = []): Promise<Row[]> {
    try {
      return (await this.#db.query<Row>(text, toStorableValues(values))).rows;
    } catch (cause) {
      throw toStoreFailure(cause);
    }
  }

  async script(text: string): Promise<void> {
    try {
      await this.#db.exec(text);
    } catch (cause) {
      throw toStoreFailure(cause);
    }
  }

  afterTurn(run: () => void): void {
    setImmediate(run);
  }

  async maintain(): Promise<void> {
    try {
      await this.#upkeep.run();
    } catch (cause) {
      throw toStoreFailure(cause);
    }
  }

  async close(): Promise<void> {
    this.#closing ??= this.#close();
    await this.#closing;
  }

  async #close(): Promise<void> {
    try {
      await this.#db.close();
    } finally {
      await this.#lock?.release();
    }
  }
}
