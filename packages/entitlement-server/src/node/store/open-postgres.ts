import { createHash } from 'node:crypto';

import pg from 'pg';

import { EntitlementServerError } from '../../entitlement-server-error.js';
import { SESSION_SETTINGS } from '../../sql/session-settings.js';
import type { SqlDatabase, SqlValue } from '../../sql/sql-database.js';
import { toStorableValues } from '../../sql/storable-values.js';
import { codeOf, toStoreFailure } from '../../sql/store-failure.js';

/** How a PostgreSQL server is used. */
export interface PostgresOptions {
  /** How many connections there are at most. @default 8 */
  readonly connections?: number | undefined;
}

const INT8 = 20;
const CONNECT_MS = 10_000;
const STATEMENT_MS = 15_000;
const ATTEMPTS = 4;
/** A deadlock or a conflict of transactions: nothing was done, and doing it again is right. */
const TRANSIENT = new Set(['40P01', '40001']);

/**
 * Connects to a PostgreSQL server (15 or newer) by its URL, as in `DATABASE_URL`. Rejects with `invalid-configuration` when
 * it is no such URL, and with `store-unavailable` when no connection comes about; neither tells the URL.
 */
export async function openPostgres(url: string, options: PostgresOptions = {}): Promise<SqlDatabase> {
  if (!isPostgresUrl(url)) {
    throw new EntitlementServerError(
      'invalid-configuration',
      'DATABASE_URL: must be a URL such as postgres://user:password@host:5432/database',
      { field: 'DATABASE_URL' },
    );
  }
  const pool = createPool(url, options.connections ?? 8);
  try {
    await pool.query('select 1');
  } catch (cause) {
    await pool.end();
    throw new EntitlementServerError(
      'store-unavailable',
      `No connection to the PostgreSQL of DATABASE_URL comes about (${codeOf(cause)}).`,
    );
  }
  return new PostgresDatabase(pool);
}

function isPostgresUrl(url: string): boolean {
  return URL.canParse(url) && /^postgres(?:ql)?:$/.test(new URL(url).protocol);
}

function createPool(url: string, connections: number): pg.Pool {
  const pool = new pg.Pool({
    connectionString: url,
    max: connections,
    connectionTimeoutMillis: CONNECT_MS,
    statement_timeout: STATEMENT_MS,
    application_name: 'secure-player',
    options: Object.entries(SESSION_SETTINGS)
      .map(([name, value]) => `-c ${name}=${value}`)
      .join(' '),
    // The pool must not keep a process alive that has nothing else to do.
    allowExitOnIdle: true,
    types: { getTypeParser: typeParser },
  });
  // An idle connection that breaks is replaced by the next statement; without a listener it would end the process.
  pool.on('error', () => {});
  return pool;
}

function typeParser(type: number, format?: 'text' | 'binary'): unknown {
  return type === INT8 ? Number : pg.types.getTypeParser(type, format);
}

class PostgresDatabase implements SqlDatabase {
  readonly isConcurrent = true;
  readonly #pool: pg.Pool;
  /** The names under which each connection prepares statements once, by their text: there are as many as this package has. */
  readonly #names = new Map<string, string>();
  #closing: Promise<void> | undefined;

  constructor(pool: pg.Pool) {
    this.#pool = pool;
  }

  async query<Row extends object>(text: string, values: readonly SqlValue[] = []): Promise<Row[]> {
    const config = { name: this.#nameOf(text), text, values: toStorableValues(values) };
    return await attempt(async () => (await this.#pool.query<Row>(config)).rows);
  }

  async script(text: string): Promise<void> {
    await attempt(async () => void (await this.#pool.query(text)));
  }

  afterTurn(run: () => void): void {
    setImmediate(run);
  }

  async close(): Promise<void> {
    this.#closing ??= this.#pool.end();
    await this.#closing;
  }

  #nameOf(text: string): string {
    const known = this.#names.get(text);
    if (known !== undefined) return known;

    // Of the text alone: a pooler may hand a connection from one process to another.
    const name = `secure_player_${createHash('sha256').update(text).digest('hex').slice(0, 24)}`;
    this.#names.set(text, name);
    return name;
  }
}

async function attempt<T>(work: () => Promise<T>): Promise<T> {
  for (let attempts = 1; ; attempts += 1) {
    try {
      return await work();
    } catch (cause) {
      if (attempts >= ATTEMPTS || !TRANSIENT.has(codeOf(cause))) throw toStoreFailure(cause);
    }
  }
}
