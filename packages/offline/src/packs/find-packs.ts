import type { DownloadsDatabase } from '../index-database/downloads-database.js';
import { DatabasePacks } from './database-packs.js';
import { OpfsPacks } from './opfs-packs.js';
import type { Packs } from './packs.js';

/** The setting that says where packs are; a worker writes it, see `choosePacks`. */
export const PACKS_SETTING = 'packs';

/** Where a page reads. Nothing is there to be read before a worker has chosen. */
export async function findPacks(database: DownloadsDatabase): Promise<Packs> {
  const chosen = await database.get('settings', PACKS_SETTING);
  return chosen === 'files' ? new OpfsPacks() : new DatabasePacks(database);
}
