import type { SqlDatabase } from '../../sql/sql-database.js';

/** How much WAL is written between two checkpoints: what a start after a kill has to read again. */
const WAL_BYTES = 64 * 1024 * 1024;
/** How many dead rows a table may hold, beside a fifth of those that live. */
const DEAD_ROWS = 20_000;

/**
 * Does for PGlite what the background processes of a PostgreSQL server do: checkpoints, which let go of old WAL, and vacuum,
 * which lets room be used again.
 */
export class PgliteUpkeep {
  readonly #database: SqlDatabase;
  #checkpointAt: number | undefined;

  constructor(database: SqlDatabase) {
    this.#database = database;
  }

  /** Looks what is due, and does one thing of it: everybody waits for it. */
  async run(): Promise<void> {
    const [state] = await this.#database.query<{ wal: number; worn: string | null }>(
      `select pg_wal_lsn_diff(pg_current_wal_insert_lsn(), '0/0')::float8 as wal, (
        select relname from pg_stat_user_tables
        where schemaname = 'secure_player' and n_dead_tup > $1 + n_live_tup / 5
        order by n_dead_tup desc limit 1
      ) as worn`,
      [DEAD_ROWS],
    );
    if (state === undefined) return;

    this.#checkpointAt ??= state.wal + WAL_BYTES;
    if (state.worn !== null) {
      await this.#database.script(`vacuum (analyze) secure_player.${state.worn}`);
    } else if (state.wal >= this.#checkpointAt) {
      await this.#database.script('checkpoint');
      this.#checkpointAt = state.wal + WAL_BYTES;
    }
  }
}
