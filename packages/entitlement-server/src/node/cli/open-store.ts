import { resolve } from 'node:path';

import { toFaultEntry } from '../../log/fault-entry.js';
import { createSqlStore } from '../../sql/create-sql-store.js';
import type { EntitlementStore } from '../../store/entitlement-store.js';
import { writeJsonLog } from '../json-log.js';
import { openPglite } from '../store/open-pglite.js';
import { openPostgres } from '../store/open-postgres.js';
import type { Configuration } from './configuration-schema.js';

/** Opens the store that a file names; undefined for the server's own, in memory. Rejects with an `EntitlementServerError`. */
export async function openStore(
  { store, anonymousSessionLimit }: Pick<Configuration, 'store' | 'anonymousSessionLimit'>,
  folder: string,
  databaseUrl: string | null,
): Promise<EntitlementStore | undefined> {
  if (store === 'memory') return undefined;

  const database =
    'folder' in store
      ? await openPglite(resolve(folder, store.folder))
      : await openPostgres(databaseUrl ?? '', { connections: store.connections });
  return createSqlStore({
    database,
    anonymousLimit: anonymousSessionLimit,
    onFault: (cause) =>
      writeJsonLog(toFaultEntry(cause instanceof Error ? cause : new Error('unknown'), Date.now())),
  });
}
