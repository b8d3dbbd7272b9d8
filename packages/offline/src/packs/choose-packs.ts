import type { DownloadsDatabase } from '../index-database/downloads-database.js';
import { DatabasePacks } from './database-packs.js';
import { PACKS_SETTING } from './find-packs.js';
import type { WritablePacks } from './packs.js';
import { WritableOpfsPacks } from './writable-opfs-packs.js';

/**
 * Files where the browser has them, else rows of the index. What can be written is seen in a worker alone, and once chosen it
 * stays, so that pages and later versions of the browser look in the same place.
 */
export async function choosePacks(database: DownloadsDatabase): Promise<WritablePacks> {
  const chosen =
    (await database.get('settings', PACKS_SETTING)) ?? ((await canWriteFiles()) ? 'files' : 'rows');
  await database.put('settings', chosen, PACKS_SETTING);
  return chosen === 'files' ? new WritableOpfsPacks() : new DatabasePacks(database);
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
