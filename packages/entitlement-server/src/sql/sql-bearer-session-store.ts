import type { BearerSession, BearerSessionStore } from '../accounts/bearer-sessions.js';
import type { Clock } from '../storage/owned-expiring-map.js';
import { GroupCommit } from './group-commit.js';
import type { SqlDatabase } from './sql-database.js';
import { tenantKey, type TenantKey } from './tenant-key.js';

/** Finds bearer sessions, all that are asked for at a time in one statement. */
export type BearerFinds = GroupCommit<TenantKey, BearerSession | undefined>;

interface BearerRow {
  readonly tenant: string;
  readonly id: string;
  readonly account_id: string;
  readonly expires_at: number;
}

const FIND = `
select b.tenant, b.id, b.account_id, b.expires_at
from unnest($1::text[], $2::text[]) as asked (tenant, id)
join secure_player.bearers b on b.tenant = asked.tenant and b.id = asked.id
where b.expires_at > $3`;

/** Puts a {@link BearerFinds} together, for all tenants. */
export function createBearerFinds(database: SqlDatabase, clock: Clock): BearerFinds {
  return new GroupCommit({
    afterTurn: (run) => database.afterTurn(run),
    run: async (calls) => {
      const rows = await database.query<BearerRow>(FIND, [
        calls.map(({ tenant }) => tenant),
        calls.map(({ key }) => key),
        clock(),
      ]);
      const found = new Map(rows.map((row) => [tenantKey({ tenant: row.tenant, key: row.id }), row]));
      return calls.map((call) => {
        const row = found.get(tenantKey(call));
        return row && { id: row.id, accountId: row.account_id, expiresAt: row.expires_at };
      });
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
