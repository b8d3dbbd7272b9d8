import type { SqlDatabase, SqlValue } from './sql-database.js';
import { isConnectionLost } from './store-failure.js';

/**
 * Runs a statement that only reads, and once more where its connection was lost: a server that is started again ends those that
 * it has. A statement that writes must not come here, as it may have written.
 */
export async function readAgain<Row extends object>(
  database: SqlDatabase,
  text: string,
  values: readonly SqlValue[],
): Promise<Row[]> {
  try {
    return await database.query<Row>(text, values);
  } catch (cause) {
    if (!isConnectionLost(cause)) throw cause;
    return await database.query<Row>(text, values);
  }
}
