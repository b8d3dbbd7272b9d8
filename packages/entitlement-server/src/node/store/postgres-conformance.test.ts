import { afterAll, beforeAll } from 'vitest';

import { createSqlStore } from '../../sql/create-sql-store.js';
import type { SqlDatabase } from '../../sql/sql-database.js';
import { shareDatabase } from '../../sql/testing/share-database.js';
import { describeStoreConformance } from '../../store/testing/store-conformance.js';
import { describeWithPostgres } from '../testing/describe-with-postgres.js';
import { openPostgres } from './open-postgres.js';

describeWithPostgres('PostgreSQL', (server) => {
  let database: SqlDatabase;

  beforeAll(async () => {
    database = await openPostgres(await server().createDatabase());
  });

  afterAll(async () => {
    await database.close();
  });

  describeStoreConformance('PostgreSQL', async (options) => {
    return await createSqlStore({ ...options, database: shareDatabase(database) });
  });
});
