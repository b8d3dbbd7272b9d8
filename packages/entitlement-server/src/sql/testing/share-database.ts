import type { SqlDatabase } from '../sql-database.js';

/** A view of a database whose closing leaves the database open, for the stores of several tests on one. */
export function shareDatabase(database: SqlDatabase): SqlDatabase {
  return {
    query: async (text, values) => await database.query(text, values),
    script: async (text) => await database.script(text),
    afterTurn: (run) => database.afterTurn(run),
    maintain: async () => await database.maintain?.(),
    close: async () => {},
  };
}
