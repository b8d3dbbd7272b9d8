import process from 'node:process';

import {
  createInMemoryStore,
  createSqlStore,
  openPglite,
  openPostgres,
} from '@secure-player/entitlement-server';

/**
 * The store of a benchmark's server. PGlite lies in the folder of `BENCH_FOLDER`, PostgreSQL at `DATABASE_URL`.
 *
 * @param {string} kind
 */
export async function openStore(kind) {
  switch (kind) {
    case 'memory':
      return createInMemoryStore();
    case 'pglite':
      return createSqlStore({ database: await openPglite(process.env['BENCH_FOLDER'] ?? 'memory://') });
    case 'pglite-process-kill':
      return createSqlStore({
        database: await openPglite(process.env['BENCH_FOLDER'] ?? 'memory://', { survives: 'process-kill' }),
      });
    case 'postgres':
      return createSqlStore({ database: await openPostgres(process.env['DATABASE_URL'] ?? '') });
    default:
      throw new Error(`There is no store "${kind}".`);
  }
}
