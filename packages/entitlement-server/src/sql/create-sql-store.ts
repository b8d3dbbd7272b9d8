import type { EntitlementStore, TenantStore } from '../store/entitlement-store.js';
import type { Clock } from '../storage/owned-expiring-map.js';
import { AuditWriter } from './audit/audit-writer.js';
import { SqlAuditTrail } from './audit/sql-audit-trail.js';
import { migrate } from './schema/migrate.js';
import { createSessionFinds } from './sessions/session-finds.js';
import { createSessionRenewals } from './sessions/session-renewals.js';
import { SqlPlaybackSessionStore } from './sessions/sql-playback-session-store.js';
import { createBearerFinds, SqlBearerSessionStore } from './sql-bearer-session-store.js';
import type { SqlDatabase } from './sql-database.js';
import { SqlDeviceStore } from './sql-device-store.js';
import { SqlOfflineLicenseStore } from './sql-offline-license-store.js';
import { SqlRentalStore } from './sql-rental-store.js';
import { SqlTokenLedger } from './sql-token-ledger.js';
import { Sweeper } from './sweeper.js';

/** How a store is kept in SQL. */
export interface SqlStoreOptions {
  /** Closed with the store. */
  readonly database: SqlDatabase;
  /** @default Date.now */
  readonly clock?: Clock | undefined;
  /** Playback sessions of all who have not signed in, together, for each tenant. @default 10000 */
  readonly anonymousLimit?: number | undefined;
  /** How long decisions are kept, in days. @default 90 */
  readonly auditDays?: number | undefined;
  /** Told what went wrong where no caller waits: writing the audit trail, sweeping. @default nothing is done */
  readonly onFault?: ((cause: unknown) => void) | undefined;
}

/** A store in SQL. */
export interface SqlStore extends EntitlementStore {
  /** Deletes all that ran out by now. Writes do so too, in bounded portions: nobody has to call it. */
  sweep(): Promise<void>;
}

const DAY_MS = 86_400_000;

/**
 * Brings the schema up to date and resolves with the store. Several processes may do so at once on one database. Rejects
 * with an `EntitlementServerError` when the database cannot be used; it is closed then.
 */
export async function createSqlStore(options: SqlStoreOptions): Promise<SqlStore> {
  const { database, clock = Date.now, anonymousLimit = 10_000, auditDays = 90, onFault = () => {} } = options;
  try {
    await migrate(database);
  } catch (cause) {
    await database.close();
    throw cause;
  }

  const sweeper = new Sweeper({ database, clock, onFault, auditRetentionMs: auditDays * DAY_MS });
  const onGrowth = (): void => sweeper.nudge();
  const writer = new AuditWriter({ database, onFault });
  const finds = createSessionFinds(database, clock);
  const renewals = createSessionRenewals(database, clock);
  const bearerFinds = createBearerFinds(database, clock);

  const tenants = new Map<string, TenantStore>();
  const createTenant = (tenant: string): TenantStore => ({
    bearers: new SqlBearerSessionStore({ tenant, database, finds: bearerFinds, onGrowth }),
    sessions: new SqlPlaybackSessionStore({
      tenant,
      database,
      clock,
      anonymousLimit,
      finds,
      renewals,
      onGrowth,
    }),
    offlineLicenses: new SqlOfflineLicenseStore({ tenant, database, clock, onGrowth }),
    rentals: new SqlRentalStore(tenant, database),
    devices: new SqlDeviceStore(tenant, database),
    audit: new SqlAuditTrail(tenant, database, writer),
  });

  const tokens = new SqlTokenLedger(database, onGrowth);
  const settled = [finds, renewals, bearerFinds, tokens, sweeper];
  return {
    tokens,
    tenant(id) {
      const known = tenants.get(id) ?? createTenant(id);
      tenants.set(id, known);
      return known;
    },
    ping: async () => void (await database.query('select 1')),
    sweep: async () => await sweeper.sweepAll(),
    async close() {
      try {
        await Promise.all(settled.map(async (part) => await part.settle()));
        await writer.flush();
      } finally {
        await database.close();
      }
    },
  };
}
