import { setTimeout } from 'node:timers/promises';

import pg from 'pg';

import { EntitlementServerError } from '../../entitlement-server-error.js';
import { SESSION_SETTINGS } from '../../sql/session-settings.js';
import type { SqlDatabase } from '../../sql/sql-database.js';
import { codeOf } from '../../sql/store-failure.js';
import { PostgresDatabase, toCoded, TYPES } from './postgres-database.js';
import { requirePostgresUrl } from './postgres-url.js';

/** How a PostgreSQL server is used. */
export interface PostgresOptions {
  /** How many connections there are at most. @default 8 */
  readonly connections?: number | undefined;
  /**
   * How long a statement waits for its answer, in milliseconds, before its connection is given up. The server itself ends one
   * after 15 seconds, so silence for longer means that nobody is there. @default 17000
   */
  readonly answerMs?: number | undefined;
}

/**
 * What a server in good order refuses: values, a row that is there, a deadlock, a conflict. After anything else, a new
 * connection may fare better: this one's server may have become a standby, and a pooler may have lost what was prepared.
 */
const HARMLESS = /^(?:22...|23505|40P01|40001)$/;
const CONNECT_MS = 10_000;
const STATEMENT_MS = 15_000;

/**
 * Connects to a PostgreSQL server (15 or newer) by its URL, as in `DATABASE_URL`. Rejects with `invalid-configuration` when
 * it is no such URL, and with `store-unavailable` when no connection comes about; neither tells the URL.
 */
export async function openPostgres(url: string, options: PostgresOptions = {}): Promise<SqlDatabase> {
  requirePostgresUrl(url, 'DATABASE_URL');
  const { connections = 8, answerMs = STATEMENT_MS + 2_000 } = options;
  const pool = createPool(url, connections, answerMs);
  try {
    await pool.query('select 1');
  } catch (cause) {
    await pool.end();
    throw new EntitlementServerError(
      'store-unavailable',
      `No connection to the PostgreSQL of DATABASE_URL comes about: ${explain(cause)}.`,
    );
  }
  const running = new Set<Promise<unknown>>();
  return new PostgresDatabase({
    async query<Row extends pg.QueryResultRow>(config: pg.QueryConfig) {
      const result = queryWith<Row>(pool, config);
      running.add(result);
      return await result.finally(() => running.delete(result));
    },
    async end() {
      // A pool that ends forgets who waits for a connection.
      await within(answerMs, Promise.allSettled(running));
      await within(answerMs, pool.end());
    },
  });
}

/** What most often keeps connections from coming about, by its code. */
const REASONS: Readonly<Record<string, string>> = {
  '28000': 'the server lets this user in from here by no way',
  '28P01': 'the user or the password is not right',
  '3D000': 'there is no database of this name',
  ECONNREFUSED: 'nothing listens there',
  ENOTFOUND: 'the host is not known',
};

function explain(cause: unknown): string {
  // node-postgres gives it no code.
  if (cause instanceof Error && cause.message.includes('does not support SSL')) {
    return 'the server speaks no TLS, which sslmode asks for';
  }
  const code = codeOf(toCoded(cause));
  const reason = REASONS[code];
  return reason === undefined ? code : `${reason} (${code})`;
}

/** The pool's own `query` closes the connection after every statement that fails, though only some leave it broken. */
async function queryWith<Row extends pg.QueryResultRow>(
  pool: pg.Pool,
  config: pg.QueryConfig,
): Promise<pg.QueryResult<Row>> {
  const client = await pool.connect();
  // A connection that breaks rejects its statement besides; without a listener it would end the process.
  client.on('error', ignore);
  let isUsable = false;
  try {
    const result = await client.query<Row>(config);
    isUsable = true;
    return result;
  } catch (cause) {
    isUsable = cause instanceof pg.DatabaseError && HARMLESS.test(cause.code ?? '');
    throw cause;
  } finally {
    client.off('error', ignore);
    client.release(!isUsable);
  }
}

function createPool(url: string, connections: number, answerMs: number): pg.Pool {
  const pool = new pg.Pool({
    connectionString: url,
    max: connections,
    connectionTimeoutMillis: CONNECT_MS,
    statement_timeout: STATEMENT_MS,
    // The host of a server that is lost, or a router that forgot the connection, says nothing at all.
    query_timeout: answerMs,
    keepAlive: true,
    keepAliveInitialDelayMillis: 10_000,
    application_name: 'secure-player',
    options: Object.entries(SESSION_SETTINGS)
      .map(([name, value]) => `-c ${name}=${value}`)
      .join(' '),
    // The pool must not keep a process alive that has nothing else to do.
    allowExitOnIdle: true,
    types: TYPES,
  });
  // An idle connection that breaks is replaced by the next statement; without a listener it would end the process.
  pool.on('error', ignore);
  return pool;
}

/** Waits for the work, and no longer than so many milliseconds. */
async function within(ms: number, work: Promise<unknown>): Promise<void> {
  const late = new AbortController();
  try {
    await Promise.race([work, setTimeout(ms, undefined, { signal: late.signal })]);
  } finally {
    late.abort();
  }
}

function ignore(): void {}
