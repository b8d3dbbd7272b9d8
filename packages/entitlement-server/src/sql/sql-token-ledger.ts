import type { TokenLedger } from '../license-server/token-ledger.js';
import { GroupCommit } from './group-commit.js';
import type { SqlDatabase } from './sql-database.js';
import { isUniqueViolation } from './store-failure.js';

interface TokenUse {
  readonly jti: string;
  readonly expiresAt: number;
}

// In the order of the ids, so that two batches with the same tokens cannot wait for each other.
const ADD = `
insert into secure_player.tokens (jti, expires_at)
select jti, expires_at from unnest($1::text[], $2::bigint[]) as used (jti, expires_at) order by jti`;
const ADD_UNUSED = `${ADD} on conflict do nothing returning jti`;

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
        // A batch may bring one token twice: the first who asked has it.
        const added = await add(database, new Map(uses.map(({ jti, expiresAt }) => [jti, expiresAt])));
        return uses.map(({ jti }) => added.delete(jti));
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

/**
 * The tokens that were not used before. Nearly always that is all of them, and to look for each before it is written costs
 * a third more than to be told that one was there.
 */
async function add(database: SqlDatabase, tokens: ReadonlyMap<string, number>): Promise<Set<string>> {
  const values = [[...tokens.keys()], [...tokens.values()]];
  try {
    await database.query(ADD, values);
    return new Set(tokens.keys());
  } catch (cause) {
    if (!isUniqueViolation(cause)) throw cause;

    const rows = await database.query<{ jti: string }>(ADD_UNUSED, values);
    return new Set(rows.map(({ jti }) => jti));
  }
}
