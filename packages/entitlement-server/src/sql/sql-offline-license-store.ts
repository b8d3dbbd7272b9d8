import type { StreamFormat } from '@secure-player/protocol';

import {
  LICENSES_PER_ACCOUNT,
  type DevicePlace,
  type NewOfflineLicense,
  type OfflineLicense,
  type OfflineLicenseEnd,
  type OfflineLicenseStore,
  type OpenOfflineOutcome,
  type RenewOfflineOutcome,
  type StoredTerms,
} from '../offline-licenses/offline-license-store.js';
import type { Clock } from '../storage/owned-expiring-map.js';
import type { SqlDatabase, SqlValue } from './sql-database.js';

/** What a {@link SqlOfflineLicenseStore} works with. */
export interface SqlOfflineLicenseStoreOptions {
  readonly tenant: string;
  readonly database: SqlDatabase;
  readonly clock: Clock;
  /** Called after each write that adds a row. */
  readonly onGrowth: () => void;
}

/** A row of `secure_player.offline_licenses`, or its JSON. */
interface OfflineLicenseRow {
  readonly key: string;
  readonly account_id: string;
  readonly device_id: string;
  readonly device: string;
  readonly content_id: string;
  readonly format: StreamFormat | null;
  readonly created_at: number;
  readonly renewed_at: number | null;
  readonly expires_at: number | null;
  readonly start_by: number | null;
  readonly play_within_ms: number | null;
  readonly first_played_at: number | null;
  readonly end_reason: OfflineLicenseEnd['reason'] | null;
  readonly ended_at: number | null;
}

interface OutcomeRow {
  readonly outcome: {
    readonly status: 'granted' | 'exists' | 'refused' | 'over';
    readonly license?: OfflineLicenseRow | undefined;
  };
}

const COLUMNS =
  'key, account_id, device_id, device, content_id, format, created_at, renewed_at, expires_at, start_by, ' +
  'play_within_ms, first_played_at, end_reason, ended_at';
const OPEN = `select secure_player.open_offline_license(
  $1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12, $13, $14, $15
) as outcome`;
const RENEW = 'select secure_player.renew_offline_license($1, $2, $3, $4, $5, $6, $7, $8) as outcome';
const FIND = `
select ${COLUMNS} from secure_player.offline_licenses
where tenant = $1 and key = $2 and coalesce(sweep_at > $3, true)`;
const BEGIN = `
update secure_player.offline_licenses
set first_played_at = greatest($3, coalesce(renewed_at, created_at)),
  expires_at = least(expires_at, greatest($3, coalesce(renewed_at, created_at)) + play_within_ms)
where tenant = $1 and key = $2 and first_played_at is null`;
const END = `
update secure_player.offline_licenses set end_reason = $3, ended_at = $4
where tenant = $1 and key = $2 and end_reason is null`;
const LIST = `
select ${COLUMNS} from secure_player.offline_licenses
where tenant = $1 and account_id = $2 and coalesce(sweep_at > $3, true) order by created_at desc, seq desc`;

/** Keeps one tenant's offline licenses in SQL. What has to be counted is counted under the lock of its account. */
export class SqlOfflineLicenseStore implements OfflineLicenseStore {
  readonly #options: SqlOfflineLicenseStoreOptions;

  constructor(options: SqlOfflineLicenseStoreOptions) {
    this.#options = options;
  }

  async open(license: NewOfflineLicense, { now, limit }: DevicePlace): Promise<OpenOfflineOutcome> {
    const { tenant, database, clock, onGrowth } = this.#options;
    const [row] = await database.query<OutcomeRow>(OPEN, [
      tenant,
      license.key,
      license.accountId,
      license.deviceId,
      license.device,
      license.contentId,
      license.format ?? null,
      license.createdAt,
      ...valuesOf(license),
      clock(),
      now,
      limit,
      LICENSES_PER_ACCOUNT,
    ]);
    onGrowth();
    return toOutcome(row) as OpenOfflineOutcome;
  }

  async find(key: string): Promise<OfflineLicense | undefined> {
    const { tenant, database, clock } = this.#options;
    const [row] = await database.query<OfflineLicenseRow>(FIND, [tenant, key, clock()]);
    return row && toLicense(row);
  }

  async renew(key: string, terms: StoredTerms, { now, limit }: DevicePlace): Promise<RenewOfflineOutcome> {
    const { tenant, database, clock } = this.#options;
    const values = [tenant, key, ...valuesOf(terms), clock(), now, limit];
    const [row] = await database.query<OutcomeRow>(RENEW, values);
    return toOutcome(row) as RenewOfflineOutcome;
  }

  async begin(key: string, at: number): Promise<OfflineLicense | undefined> {
    const { tenant, database } = this.#options;
    await database.query(BEGIN, [tenant, key, at]);
    return this.find(key);
  }

  async end(key: string, { reason, at }: OfflineLicenseEnd): Promise<void> {
    const { tenant, database } = this.#options;
    await database.query(END, [tenant, key, reason, at]);
  }

  async listOf(accountId: string): Promise<readonly OfflineLicense[]> {
    const { tenant, database, clock } = this.#options;
    return (await database.query<OfflineLicenseRow>(LIST, [tenant, accountId, clock()])).map(toLicense);
  }
}

function valuesOf({ expiresAt, startBy, playWithinMs }: StoredTerms): SqlValue[] {
  return [expiresAt, startBy, playWithinMs];
}

/** The functions of the schema answer with the cases of the outcome that they are for. */
function toOutcome(row: OutcomeRow | undefined) {
  const { status, license } = (row as OutcomeRow).outcome;
  return { status, license: license && toLicense(license) };
}

function toLicense(row: OfflineLicenseRow): OfflineLicense {
  const { end_reason: reason, ended_at: at } = row;
  return {
    key: row.key,
    accountId: row.account_id,
    deviceId: row.device_id,
    device: row.device,
    contentId: row.content_id,
    format: row.format ?? undefined,
    createdAt: row.created_at,
    renewedAt: row.renewed_at,
    expiresAt: row.expires_at,
    startBy: row.start_by,
    playWithinMs: row.play_within_ms,
    firstPlayedAt: row.first_played_at,
    end: reason === null || at === null ? null : { reason, at },
  };
}
