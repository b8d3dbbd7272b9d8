import { resolve } from 'node:path';

import { toFaultEntry } from '../../log/fault-entry.js';
import { createSqlStore, type SqlStoreOptions } from '../../sql/create-sql-store.js';
import type { SqlDatabase } from '../../sql/sql-database.js';
import type { EntitlementStore } from '../../store/entitlement-store.js';
import { writeJsonLog } from '../json-log.js';
import { openPglite } from '../store/open-pglite.js';
import { openPostgres } from '../store/open-postgres.js';
import { requirePostgresUrl } from '../store/postgres-url.js';
import type { Configuration } from './configuration-schema.js';
import type { LicenseServerConfiguration } from './license-server-schema.js';
import type { Secrets } from './secret-reference.js';

/** Where a file says that things are kept. */
export type KeptStore = Exclude<Configuration['store'], 'memory'> | LicenseServerConfiguration['store'];

/** The URL of the database, where a file names one; null where not. */
export async function readDatabaseUrl(store: KeptStore | 'memory', secrets: Secrets): Promise<string | null> {
  if (store === 'memory' || 'folder' in store) return null;
  const url = await secrets.text(store.databaseUrl, 'store.databaseUrl');
  // One that is missing is told with the others.
  if (url !== '') requirePostgresUrl(url, 'store.databaseUrl');
  return url;
}

/** Opens the store that a file names. Rejects with an `EntitlementServerError`. */
export async function openStore(
  store: KeptStore,
  options: Pick<SqlStoreOptions, 'anonymousLimit' | 'auditDays'> & {
    /** What paths are relative to. */
    readonly folder: string;
    readonly databaseUrl: string | null;
  },
): Promise<EntitlementStore> {
  const { folder, databaseUrl, ...rest } = options;
  const onFault = (cause: unknown): void =>
    writeJsonLog(toFaultEntry(cause instanceof Error ? cause : new Error('unknown'), Date.now()));
  return createSqlStore({ ...rest, database: await openDatabase(store, folder, databaseUrl), onFault });
}

async function openDatabase(
  store: KeptStore,
  folder: string,
  databaseUrl: string | null,
): Promise<SqlDatabase> {
  if ('folder' in store) return openPglite(resolve(folder, store.folder), { survives: store.survives });
  return openPostgres(databaseUrl ?? '', { connections: store.connections });
}
