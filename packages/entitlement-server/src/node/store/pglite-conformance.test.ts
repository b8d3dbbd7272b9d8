import { afterAll, beforeAll } from 'vitest';

import { createSqlStore } from '../../sql/create-sql-store.js';
import type { SqlDatabase } from '../../sql/sql-database.js';
import { shareDatabase } from '../../sql/testing/share-database.js';
import { describeStoreConformance } from '../../store/testing/store-conformance.js';
import { openPglite } from './open-pglite.js';

let database: SqlDatabase;

beforeAll(async () => {
  database = await openPglite('memory://');
});

afterAll(async () => {
  await database.close();
});

describeStoreConformance('PGlite', async (options) => {
  return await createSqlStore({ ...options, database: shareDatabase(database) });
});
