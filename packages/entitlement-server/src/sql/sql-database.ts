/** What a statement can be given. Arrays go to `unnest`; numbers are whole. */
export type SqlValue = string | number | boolean | null | readonly (string | number | boolean | null)[];

/**
 * A PostgreSQL database, in whatever form: PGlite in this process, or a server. The dialect is PostgreSQL 15's, so that one
 * set of statements and migrations does for both.
 *
 * A call that fails rejects with an `EntitlementServerError` that holds no value, no row and no address.
 */
export interface SqlDatabase {
  /**
   * Runs one statement as a transaction of its own; it is kept when this resolves. Eight-byte integers come back as
   * numbers, `jsonb` as what it says.
   */
  query<Row extends object>(text: string, values?: readonly SqlValue[]): Promise<Row[]>;
  /** Runs several statements without values as one transaction. */
  script(text: string): Promise<void>;
  /**
   * Calls back when the calls that wait in this turn of the event loop have come in: what is gathered until then goes into
   * one batch. Not a matter of time.
   */
  afterTurn(run: () => void): void;
  /** Does what a database server does by itself in the background; absent where there is such a server. */
  readonly maintain?: (() => Promise<void>) | undefined;
  /** Waits for what runs, and lets go. May be called again. */
  close(): Promise<void>;
}
