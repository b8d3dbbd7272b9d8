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
  /** Told of each statement that failed. Its entries are tried again with the next ones. */
  readonly onFault: (cause: unknown) => void;
}

const BATCH = 512;
const WAITING = 50_000;

const APPEND = `
insert into secure_player.audit
  (tenant, time, action, decision, account_id, content_id, system, region, keys, session_key)
select * from unnest(
  $1::text[], $2::bigint[], $3::text[], $4::text[], $5::text[], $6::text[], $7::text[], $8::text[], $9::integer[],
  $10::text[]
)`;

/** Writes entries down, all that came during the last statement in one. Nobody waits for an entry of its own. */
export class AuditWriter {
  readonly #options: AuditWriterOptions;
  #waiting: TenantAuditEntry[] = [];
  #writing: Promise<void> | undefined;

  constructor(options: AuditWriterOptions) {
    this.#options = options;
  }

  /** Takes an entry. Should the database be away for long, the oldest of what waits gets lost. */
  append(entry: TenantAuditEntry): void {
    this.#waiting.push(entry);
    if (this.#waiting.length >= 2 * WAITING) this.#waiting = this.#waiting.slice(-WAITING);
    if (this.#writing === undefined) this.#start().catch(this.#options.onFault);
  }

  /** Resolves when what was taken before the call is kept; rejects when it cannot be. */
  async flush(): Promise<void> {
    await this.#writing?.catch(() => {});
    if (this.#waiting.length > 0) await (this.#writing ?? this.#start());
  }

  #start(): Promise<void> {
    const { database } = this.#options;
    const writing = new Promise<void>((resolve) => database.afterTurn(resolve))
      .then(() => this.#writeAll())
      .finally(() => {
        this.#writing = undefined;
      });
    this.#writing = writing;
    return writing;
  }

  async #writeAll(): Promise<void> {
    while (this.#waiting.length > 0) {
      const batch = this.#waiting.splice(0, BATCH);
      try {
        // One after the other: what comes meanwhile makes the next one worth while.
        await this.#options.database.query(APPEND, toColumns(batch));
      } catch (cause) {
        this.#waiting = [...batch, ...this.#waiting];
        throw cause;
      }
    }
  }
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
