import type { AuditEntry } from '../../audit/audit-trail.js';
import type { SqlDatabase } from '../sql-database.js';

/** An entry, and whose it is. */
export interface TenantAuditEntry {
  readonly tenant: string;
  readonly entry: AuditEntry;
}

/** What an {@link AuditWriter} works with. */
export interface AuditWriterOptions {
  readonly database: SqlDatabase;
  /** Told of each statement that failed. Its entries are tried again with the next ones, a while later. */
  readonly onFault: (cause: unknown) => void;
  /**
   * Calls back in `ms`, when enough may have come to be worth a statement, and gives what calls that off.
   * @default setTimeout
   */
  readonly gather?: ((run: () => void, ms: number) => () => void) | undefined;
}

const BATCH = 512;
/** What a process that is killed may lose. Each statement costs a flush to the disk, which everybody waits for in PGlite. */
const GATHER_MS = 200;
/** How long a database that failed is left alone, however much waits: each attempt is a fault in the log. */
const RETRY_MS = 2_000;
const WAITING = 50_000;

const APPEND = `
insert into secure_player.audit
  (tenant, time, action, decision, account_id, content_id, system, region, keys, session_key)
select * from unnest(
  $1::text[], $2::bigint[], $3::text[], $4::text[], $5::text[], $6::text[], $7::text[], $8::text[], $9::integer[],
  $10::text[]
)`;

/** Writes entries down, all that came within a fifth of a second in one statement. Nobody waits for an entry of its own. */
export class AuditWriter {
  readonly #options: AuditWriterOptions;
  #waiting: TenantAuditEntry[] = [];
  #writing: Promise<void> | undefined;
  #callOff: (() => void) | undefined;
  #hasFailed = false;

  constructor(options: AuditWriterOptions) {
    this.#options = options;
  }

  /** Takes an entry. Should the database be away for long, the oldest of what waits gets lost. */
  append(entry: TenantAuditEntry): void {
    this.#waiting.push(entry);
    if (this.#waiting.length >= 2 * WAITING) this.#waiting = this.#waiting.slice(-WAITING);
    this.#gather();
    if (this.#waiting.length >= BATCH && !this.#hasFailed) this.#write();
  }

  /** Resolves when what was taken before the call is kept; rejects when it cannot be. */
  async flush(): Promise<void> {
    await this.#writing?.catch(() => {});
    // Another flush may have taken all of it, and be at work on it.
    if (this.#writing !== undefined || this.#waiting.length > 0) await (this.#writing ?? this.#start());
  }

  #gather(): void {
    const ms = this.#hasFailed ? RETRY_MS : GATHER_MS;
    this.#callOff ??= (this.#options.gather ?? gather)(() => {
      this.#callOff = undefined;
      this.#write();
    }, ms);
  }

  /** Whether there was anything to stop. */
  #stopGathering(): boolean {
    const callOff = this.#callOff;
    this.#callOff = undefined;
    callOff?.();
    return callOff !== undefined;
  }

  #write(): void {
    if (this.#writing === undefined) this.#start().catch(this.#options.onFault);
  }

  #start(): Promise<void> {
    this.#stopGathering();
    this.#writing = this.#writeDue().finally(() => {
      this.#writing = undefined;
    });
    return this.#writing;
  }

  /** Writes what waits now. What comes meanwhile is gathered for the next time. */
  async #writeDue(): Promise<void> {
    for (let due = this.#waiting.length; due > 0; due -= BATCH) {
      const batch = this.#waiting.splice(0, Math.min(BATCH, due));
      try {
        // One after the other, so that calls of viewers come in between.
        await this.#options.database.query(APPEND, toColumns(batch));
        this.#hasFailed = false;
      } catch (cause) {
        this.#waiting = [...batch, ...this.#waiting];
        this.#hasFailed = true;
        // What came meanwhile set the time for a database that is well.
        if (this.#stopGathering()) this.#gather();
        throw cause;
      }
    }
    // The time of what came meanwhile may be over: it was up while this was at work.
    if (this.#waiting.length > 0) this.#gather();
  }
}

function gather(run: () => void, ms: number): () => void {
  const timer = setTimeout(run, ms);
  return () => clearTimeout(timer);
}

function toColumns(batch: readonly TenantAuditEntry[]) {
  const column = <K extends keyof AuditEntry>(name: K): AuditEntry[K][] =>
    batch.map(({ entry }) => entry[name]);
  return [
    batch.map(({ tenant }) => tenant),
    column('time'),
    column('action'),
    column('decision'),
    column('accountId'),
    column('contentId'),
    column('system'),
    column('region'),
    column('keys'),
    column('sessionKey'),
  ];
}
