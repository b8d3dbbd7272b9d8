import { PGlite, type PGliteOptions as Options } from '@electric-sql/pglite';
import pg from 'pg';

import { EntitlementServerError, isEntitlementServerError } from '../../entitlement-server-error.js';
import { SESSION_SETTINGS } from '../../sql/session-settings.js';
import type { SqlDatabase } from '../../sql/sql-database.js';
import { DurableNodeFs } from './durable-node-fs.js';
import { FencedNodeFs } from './fenced-node-fs.js';
import { lockFolder } from './folder-lock.js';
import type { FolderLock } from './held-folder.js';
import { completeDataFolder, dataFolderOf, prepareDataFolder } from './pglite-folder.js';
import { PgliteSocket } from './pglite-socket.js';
import { PgliteUpkeep } from './pglite-upkeep.js';
import { PostgresDatabase, TYPES, type Connections } from './postgres-database.js';

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
  if (folder === MEMORY) return await open({ dataDir: MEMORY }, null).catch(rejectUnavailable);

  const lock = await lockFolder(folder).catch(rejectUnavailable);
  try {
    const isComplete = await prepareDataFolder(folder, lock);
    const survives = options.survives ?? 'power-loss';
    const database = await open(storageOptions(dataFolderOf(folder), survives, lock), lock);
    if (!isComplete) {
      await completeDataFolder(folder, lock).catch(async (cause: unknown) => {
        await database.close();
        throw cause;
      });
    }
    return database;
  } catch (cause) {
    await lock.release();
    return rejectUnavailable(cause);
  }
}

async function open(options: Options, lock: FolderLock | null): Promise<SqlDatabase> {
  const db = await PGlite.create(options);
  try {
    for (const [name, value] of Object.entries(SESSION_SETTINGS)) await db.exec(`set ${name} = ${value}`);
    return new PgliteDatabase(await connect(db, lock));
  } catch (cause) {
    await db.close();
    throw cause;
  }
}

function storageOptions(
  folder: string,
  survives: NonNullable<PgliteOptions['survives']>,
  lock: FolderLock,
): Options {
  const confirm = (): void => lock.confirm();
  if (survives === 'process-kill') return { fs: new FencedNodeFs(folder, confirm) };
  return {
    fs: new DurableNodeFs(folder, confirm),
    startParams: [
      // `-F` turns flushing off.
      ...PGlite.defaultStartParams.filter((parameter) => parameter !== '-F'),
      // PGlite's `fdatasync`, the default, does nothing.
      '-c',
      'wal_sync_method=fsync',
    ],
  };
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

class PgliteDatabase extends PostgresDatabase {
  readonly #upkeep = new PgliteUpkeep(this);

  async maintain(): Promise<void> {
    await this.#upkeep.run();
  }
}

/** PGlite is one session, so there is one connection, for one statement at a time. */
async function connect(db: PGlite, lock: FolderLock | null): Promise<Connections> {
  const socket = new PgliteSocket(db);
  const client = new pg.Client({
    stream: () => socket,
    user: 'postgres',
    database: 'postgres',
    types: TYPES,
    // Not as the environment may say for another database.
    ssl: false,
    sslnegotiation: 'postgres',
  });
  // What breaks it rejects the statements that come then; without a listener it would end the process.
  client.on('error', () => {});
  await client.connect();
  return {
    query: async (config) =>
      await db.runExclusive(async () => {
        if (socket.errored !== null) throw socket.errored;
        lock?.confirm();
        try {
          return await client.query(config);
        } finally {
          // What became another's in between is why it failed, or is not to be answered.
          lock?.confirm();
        }
      }),
    async end() {
      try {
        // Behind the statements that wait.
        await db.runExclusive(async () => {
          if (!isLost(lock)) await client.end();
        });
        // Closing writes a checkpoint.
        if (!isLost(lock)) await db.close();
      } finally {
        await lock?.release();
      }
    },
  };
}

function isLost(lock: FolderLock | null): boolean {
  try {
    lock?.confirm();
    return false;
  } catch {
    return true;
  }
}
