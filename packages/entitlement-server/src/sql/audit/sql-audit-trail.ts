import type { AuditAction, AuditEntry, AuditQuery, AuditTrail } from '../../audit/audit-trail.js';
import type { SqlDatabase } from '../sql-database.js';
import type { AuditWriter } from './audit-writer.js';

interface AuditRow {
  readonly time: number;
  readonly action: AuditAction;
  readonly decision: AuditEntry['decision'];
  readonly account_id: string | null;
  readonly content_id: string | null;
  readonly system: string | null;
  readonly region: string | null;
  readonly keys: number | null;
  readonly session_key: string | null;
}

const COLUMNS = 'time, action, decision, account_id, content_id, system, region, keys, session_key';
const LIST = `select ${COLUMNS} from secure_player.audit where tenant = $1 order by id desc limit $2`;
const LIST_OF = `
select ${COLUMNS} from secure_player.audit where tenant = $1 and account_id = $3 order by id desc limit $2`;

/** Keeps one tenant's decisions in SQL. */
export class SqlAuditTrail implements AuditTrail {
  readonly #tenant: string;
  readonly #database: SqlDatabase;
  readonly #writer: AuditWriter;

  constructor(tenant: string, database: SqlDatabase, writer: AuditWriter) {
    this.#tenant = tenant;
    this.#database = database;
    this.#writer = writer;
  }

  append(entry: AuditEntry): void {
    this.#writer.append({ tenant: this.#tenant, entry });
  }

  async list({ accountId, limit = 100 }: AuditQuery = {}): Promise<readonly AuditEntry[]> {
    await this.#writer.flush();
    const rows =
      accountId === undefined
        ? await this.#database.query<AuditRow>(LIST, [this.#tenant, limit])
        : await this.#database.query<AuditRow>(LIST_OF, [this.#tenant, limit, accountId]);
    return rows.map(toEntry);
  }
}

function toEntry(row: AuditRow): AuditEntry {
  return {
    time: row.time,
    action: row.action,
    decision: row.decision,
    accountId: row.account_id,
    contentId: row.content_id,
    system: row.system,
    region: row.region,
    keys: row.keys,
    sessionKey: row.session_key,
  };
}
