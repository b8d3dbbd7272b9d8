import type { TokenLedger } from '../license-server/token-ledger.js';
import { GroupCommit } from './group-commit.js';
import type { SqlDatabase } from './sql-database.js';

interface TokenUse {
  readonly jti: string;
  readonly expiresAt: number;
}

// In the order of the ids, so that two batches with the same tokens cannot wait for each other.
const CONSUME = `
insert into secure_player.tokens (jti, expires_at)
select jti, expires_at from unnest($1::text[], $2::bigint[]) as used (jti, expires_at) order by jti
on conflict do nothing returning jti`;

/** Remembers used tokens in SQL. The primary key decides whose call was first. */
export class SqlTokenLedger implements TokenLedger {
  readonly #uses: GroupCommit<TokenUse, boolean>;
  readonly #onGrowth: () => void;

  /** `onGrowth` is called after each write that adds a row. */
  constructor(database: SqlDatabase, onGrowth: () => void) {
    this.#onGrowth = onGrowth;
    this.#uses = new GroupCommit({
      afterTurn: (run) => database.afterTurn(run),
      run: async (uses) => {
        const rows = await database.query<{ jti: string }>(CONSUME, [
          uses.map(({ jti }) => jti),
          uses.map(({ expiresAt }) => expiresAt),
        ]);
        // A batch may hold one token twice: it is inserted once, and the first who asked has it.
        const inserted = new Set(rows.map(({ jti }) => jti));
        return uses.map(({ jti }) => inserted.delete(jti));
      },
    });
  }

  async consume(jti: string, expiresAt: number): Promise<boolean> {
    const isFirst = await this.#uses.submit({ jti, expiresAt });
    this.#onGrowth();
    return isFirst;
  }

  /** Resolves when no token is being used up. */
  async settle(): Promise<void> {
    await this.#uses.settle();
  }
}
