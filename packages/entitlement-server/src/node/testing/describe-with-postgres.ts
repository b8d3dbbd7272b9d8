import { afterAll, beforeAll, describe } from 'vitest';

import { postgresExcuse, startPostgres, type PostgresServer } from './postgres-server.js';

/**
 * Registers tests that need a PostgreSQL. Where there is none, they fail with what to install; on somebody's own machine
 * where it could not be installed for them, they are skipped under a title that says why.
 */
export function describeWithPostgres(name: string, register: (server: () => PostgresServer) => void): void {
  const excuse = postgresExcuse();
  const note = excuse === null ? '' : ` (NOT RUN: ${excuse})`;
  describe.skipIf(excuse !== null)(`${name}${note}`, () => {
    let server: PostgresServer | undefined;
    beforeAll(async () => {
      server = await startPostgres();
    });
    afterAll(async () => {
      await server?.stop();
    });
    register(() => {
      if (server === undefined) throw new Error('PostgreSQL is not started yet.');
      return server;
    });
  });
}
