import { expect, it } from 'vitest';

import { createSessionFinds } from './sessions/session-finds.js';
import { createBearerFinds } from './sql-bearer-session-store.js';
import type { SqlDatabase } from './sql-database.js';
import { SqlTokenLedger } from './sql-token-ledger.js';
import { toStoreFailure } from './store-failure.js';

/** A database whose first statements fail with these codes; those after them find nothing. */
function setup(...codes: string[]) {
  let statements = 0;
  const database: SqlDatabase = {
    async query() {
      const code = codes[statements];
      statements += 1;
      if (code !== undefined) throw toStoreFailure({ code });
      return [];
    },
    script: async () => {},
    afterTurn: (run) => queueMicrotask(run),
    close: async () => {},
  };
  const asked = { tenant: 'tenant', key: 'key' };
  return {
    sessions: async () => await createSessionFinds(database, () => 0).submit(asked),
    bearers: async () => await createBearerFinds(database, () => 0).submit(asked),
    consume: async () => await new SqlTokenLedger(database, () => {}).consume('jti', 1),
    statements: () => statements,
  };
}

it.each(['57P01', '08006', 'ECONNRESET'])(
  'finds what it looks for when a connection was lost: %s',
  async (code) => {
    for (const name of ['sessions', 'bearers'] as const) {
      const { [name]: find, statements } = setup(code);
      await expect(find()).resolves.toBeUndefined();
      expect(statements()).toBe(2);
    }
  },
);

it('looks twice at most, and once where the server refused to', async () => {
  const lost = setup('57P01', '57P03', '57P03');
  await expect(lost.sessions()).rejects.toMatchObject({ databaseCode: '57P03' });
  const refused = setup('42P01');
  await expect(refused.sessions()).rejects.toMatchObject({ databaseCode: '42P01' });
  expect(refused.statements()).toBe(1);
});

it('does not write twice', async () => {
  const { consume, statements } = setup('57P01');
  await expect(consume()).rejects.toMatchObject({ code: 'store-failed' });
  expect(statements()).toBe(1);
});
