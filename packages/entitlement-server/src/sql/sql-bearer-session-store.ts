import type { BearerSession, BearerSessionStore } from '../accounts/bearer-sessions.js';
import type { Clock } from '../storage/owned-expiring-map.js';
import { GroupCommit } from './group-commit.js';
import { readAgain } from './read-again.js';
import type { SqlDatabase } from './sql-database.js';
import type { TenantKey } from './tenant-key.js';

/** Finds bearer sessions, all that are asked for at a time in one statement. */
export type BearerFinds = GroupCommit<TenantKey, BearerSession | undefined>;

/** A sign-in, with the place of its call: the first is 1. */
interface BearerRow {
  readonly place: number;
  readonly account_id: string;
  readonly expires_at: number;
}

const FIND = `
select asked.place, b.account_id, b.expires_at
from unnest($1::text[], $2::text[]) with ordinality as asked (tenant, id, place)
join secure_player.bearers b on b.tenant = asked.tenant and b.id = asked.id
where b.expires_at > $3`;

/** Puts a {@link BearerFinds} together, for all tenants. */
export function createBearerFinds(database: SqlDatabase, clock: Clock): BearerFinds {
  return new GroupCommit({
    afterTurn: (run) => database.afterTurn(run),
    run: async (calls) => {
      const rows = await readAgain<BearerRow>(database, FIND, [
        calls.map(({ tenant }) => tenant),
        calls.map(({ key }) => key),
        clock(),
      ]);
      const found = Array.from<BearerSession | undefined>({ length: calls.length });
      for (const { place, account_id: accountId, expires_at: expiresAt } of rows) {
        const id = calls[place - 1]?.key;
        if (id !== undefined) found[place - 1] = { id, accountId, expiresAt };
      }
      return found;
    },
  });
}

/** What a {@link SqlBearerSessionStore} works with. */
export interface SqlBearerSessionStoreOptions {
  readonly tenant: string;
  readonly database: SqlDatabase;
  readonly finds: BearerFinds;
  /** Called after each write that adds a row. */
  readonly onGrowth: () => void;
}

/** Keeps one tenant's bearer sessions in SQL, a bounded number per account. */
export class SqlBearerSessionStore implements BearerSessionStore {
  readonly #options: SqlBearerSessionStoreOptions;

  constructor(options: SqlBearerSessionStoreOptions) {
    this.#options = options;
  }

  async save({ id, accountId, expiresAt }: BearerSession): Promise<void> {
    const { tenant, database, onGrowth } = this.#options;
    const values = [tenant, id, accountId, expiresAt];
    await database.query('select secure_player.save_bearer($1, $2, $3, $4)', values);
    onGrowth();
  }

  async find(id: string): Promise<BearerSession | undefined> {
    const { tenant, finds } = this.#options;
    return finds.submit({ tenant, key: id });
  }

  async delete(id: string): Promise<void> {
    const { tenant, database } = this.#options;
    await database.query('delete from secure_player.bearers where tenant = $1 and id = $2', [tenant, id]);
  }
}
