import { openDownloadsDatabase } from '../index-database/downloads-database.js';
import { DatabasePacks } from '../packs/database-packs.js';

/** What is on the disk, by pack, and what the index names of it. */
export async function readDisk() {
  const database = await openDownloadsDatabase();
  const packs = await new DatabasePacks(database).list();
  const rows = await database.getAll('answers');
  const titles = await database.getAll('titles');
  database.close();
  return { packs, rowPacks: [...new Set(rows.map(({ pack }) => pack))], titles };
}
