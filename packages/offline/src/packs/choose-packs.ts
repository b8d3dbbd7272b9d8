import type { DownloadsDatabase } from '../index-database/downloads-database.js';
import { DatabasePacks } from './database-packs.js';
import { OpfsPacks } from './opfs-packs.js';
import type { Packs } from './packs.js';

const SETTING = 'packs';

/**
 * Files where the browser has them, else rows of the index. For workers: what can be written is seen there alone, and once
 * chosen it stays, so that pages and later versions of the browser look in the same place.
 */
export async function choosePacks(database: DownloadsDatabase): Promise<Packs> {
  const chosen = await database.get('settings', SETTING);
  if (chosen !== undefined) return packsOf(chosen, database);

  const kind = (await canWriteFiles()) ? 'files' : 'rows';
  await database.put('settings', kind, SETTING);
  return packsOf(kind, database);
}

/** Where a page reads. Nothing is there to be read before a worker has chosen. */
export async function findPacks(database: DownloadsDatabase): Promise<Packs> {
  return packsOf(await database.get('settings', SETTING), database);
}

function packsOf(kind: unknown, database: DownloadsDatabase): Packs {
  return kind === 'files' ? new OpfsPacks() : new DatabasePacks(database);
}

async function canWriteFiles(): Promise<boolean> {
  if (!('FileSystemFileHandle' in globalThis)) return false;
  if (!('createSyncAccessHandle' in FileSystemFileHandle.prototype)) return false;
  try {
    // Private windows of some browsers have the interface, and refuse.
    await navigator.storage.getDirectory();
    return true;
  } catch {
    return false;
  }
}
