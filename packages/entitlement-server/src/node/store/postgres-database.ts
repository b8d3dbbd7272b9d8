import { createHash } from 'node:crypto';

import pg from 'pg';

import type { SqlDatabase, SqlValue } from '../../sql/sql-database.js';
import { toStorableValues } from '../../sql/storable-values.js';
import { codeOf, toStoreFailure } from '../../sql/store-failure.js';

const INT8 = 20;
const ATTEMPTS = 4;
/** A deadlock or a conflict of transactions: nothing was done, and doing it again is right. */
const TRANSIENT = new Set(['40P01', '40001']);

/** What node-postgres reads values with: eight-byte integers as numbers. */
export const TYPES: pg.CustomTypesConfig = {
  getTypeParser: (type: number, format?: 'text' | 'binary') =>
    type === INT8 ? Number : pg.types.getTypeParser(type, format),
};

/** What statements go through: a pool's connections, or one. */
export interface Connections {
  query<Row extends pg.QueryResultRow>(config: pg.QueryConfig): Promise<pg.QueryResult<Row>>;
  end(): Promise<void>;
}

/** Statements through PostgreSQL's protocol. */
export class PostgresDatabase implements SqlDatabase {
  readonly #connections: Connections;
  /** The names under which each connection prepares statements once, by their text: there are as many as this package has. */
  readonly #names = new Map<string, string>();
  #closing: Promise<void> | undefined;

  constructor(connections: Connections) {
    this.#connections = connections;
  }

  async query<Row extends object>(text: string, values: readonly SqlValue[] = []): Promise<Row[]> {
    const config = { name: this.#nameOf(text), text, values: toStorableValues(values) };
    return await attempt(async () => (await this.#connections.query<Row>(config)).rows);
  }

  async script(text: string): Promise<void> {
    await attempt(async () => void (await this.#connections.query({ text })));
  }

  afterTurn(run: () => void): void {
    setImmediate(run);
  }

  async close(): Promise<void> {
    this.#closing ??= this.#connections.end();
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
      if (attempts >= ATTEMPTS || !TRANSIENT.has(codeOf(cause))) throw toStoreFailure(toCoded(cause));
    }
  }
}

/** Gives node-postgres's own errors about connections a code: they have nothing but a message. */
export function toCoded(cause: unknown): unknown {
  if (!(cause instanceof Error) || codeOf(cause) !== 'unknown') return cause;
  if (/timeout/i.test(cause.message)) return { code: 'ETIMEDOUT' };
  return /^(?:Connection terminated|Client |Cannot use a pool)/.test(cause.message)
    ? { code: 'ECONNRESET' }
    : cause;
}
