import type { Clock } from '../storage/owned-expiring-map.js';
import type { SqlDatabase } from './sql-database.js';

/** What a {@link Sweeper} works with. */
export interface SweeperOptions {
  readonly database: SqlDatabase;
  readonly clock: Clock;
  /** How long audit entries are kept, in milliseconds. */
  readonly auditRetentionMs: number;
  /** Told of a sweep that failed; the next one tries again. */
  readonly onFault: (cause: unknown) => void;
}

const INTERVAL_MS = 1_000;
const BATCH = 2_000;
/** Clocks of several processes differ. A token must not be forgotten while one of them would still believe it. */
const TOKEN_MARGIN_MS = 60_000;

const SWEEPS: readonly Sweep[] = [
  sweep('tokens', 'jti', 'expires_at', TOKEN_MARGIN_MS),
  sweep('sessions', '(tenant, key)', 'sweep_at'),
  sweep('offline_licenses', '(tenant, key)', 'sweep_at'),
  sweep('bearers', '(tenant, id)', 'expires_at'),
  {
    // Entries come in the order of time, so the oldest ids tell whether there is anything to forget. Those of a time that is
    // still to come, as clocks may be wrong, say nothing of it, and are as old as one that came after them.
    text: `
with oldest as (
  select id, time from secure_player.audit where time <= $3 order by id limit $2
), due as (
  select id from secure_player.audit
  where id <= (select max(id) from oldest where time <= $1) and (time <= $1 or time > $3)
  order by id limit $2
), swept as (
  delete from secure_player.audit where id in (select id from due) returning 1
) select count(*)::integer as swept from swept`,
    valuesAt: (now, { auditRetentionMs }) => [now - auditRetentionMs, BATCH, now],
  },
];

/** A statement that deletes a batch of what ran out, and says how many. */
interface Sweep {
  readonly text: string;
  readonly valuesAt: (now: number, options: SweeperOptions) => readonly number[];
}

/**
 * Deletes what ran out, a bounded number of rows at a time, after writes that add some: a store that grows is swept, and
 * one that nobody uses does nothing.
 */
export class Sweeper {
  readonly #options: SweeperOptions;
  #sweptAt = Number.NEGATIVE_INFINITY;
  #sweeping: Promise<void> | undefined;

  constructor(options: SweeperOptions) {
    this.#options = options;
  }

  /** Begins a sweep in the background, unless there was one a moment ago. */
  nudge(): void {
    const now = this.#options.clock();
    if (this.#sweeping !== undefined || Math.abs(now - this.#sweptAt) < INTERVAL_MS) return;

    this.#sweeping = this.#run(now)
      .catch(this.#options.onFault)
      .finally(() => {
        this.#sweeping = undefined;
      });
  }

  /** Sweeps until nothing is left that ran out. */
  async sweepAll(): Promise<void> {
    await this.settle();
    while (!(await this.#sweepOnce(this.#options.clock())));
  }

  /** Resolves when no sweep is under way. */
  async settle(): Promise<void> {
    await this.#sweeping;
  }

  async #run(now: number): Promise<void> {
    const isDone = await this.#sweepOnce(now);
    // With more to do, the next write goes on at once.
    this.#sweptAt = isDone ? now : Number.NEGATIVE_INFINITY;
    await this.#options.database.maintain?.();
  }

  async #sweepOnce(now: number): Promise<boolean> {
    const { database } = this.#options;
    let isDone = true;
    for (const { text, valuesAt } of SWEEPS) {
      // One after the other, so that calls of viewers come in between.
      const [row] = await database.query<{ swept: number }>(text, valuesAt(now, this.#options));
      if ((row?.swept ?? 0) >= BATCH) isDone = false;
    }
    return isDone;
  }
}

function sweep(table: string, key: string, column: string, marginMs = 0): Sweep {
  const columns = key.replaceAll(/[()]/g, '');
  return {
    valuesAt: (now) => [now - marginMs, BATCH],
    text: `
with swept as (
  delete from secure_player.${table} where ${key} in (
    select ${columns} from secure_player.${table} where ${column} <= $1 order by ${column} limit $2
    for update skip locked
  ) and ${column} <= $1 returning 1
) select count(*)::integer as swept from swept`,
  };
}
