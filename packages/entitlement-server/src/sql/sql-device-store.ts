import type { Device, DeviceRegistration, DeviceStore } from '../devices/device-store.js';
import type { SqlDatabase } from './sql-database.js';

interface DeviceRow {
  readonly id: string;
  readonly name: string;
  readonly first_seen_at: number;
  readonly last_seen_at: number;
}

const LIST = `
select id, name, first_seen_at, last_seen_at from secure_player.devices
where tenant = $1 and account_id = $2 order by first_seen_at, seq`;

/** Keeps one tenant's devices in SQL. */
export class SqlDeviceStore implements DeviceStore {
  readonly #tenant: string;
  readonly #database: SqlDatabase;

  constructor(tenant: string, database: SqlDatabase) {
    this.#tenant = tenant;
    this.#database = database;
  }

  async register(registration: DeviceRegistration): Promise<boolean> {
    const { accountId, deviceId, name, now, limit, seenSince } = registration;
    const [row] = await this.#database.query<{ counts: boolean }>(
      'select secure_player.register_device($1, $2, $3, $4, $5, $6, $7) as counts',
      [this.#tenant, accountId, deviceId, name, now, limit, seenSince],
    );
    return row?.counts === true;
  }

  async listOf(accountId: string): Promise<readonly Device[]> {
    const rows = await this.#database.query<DeviceRow>(LIST, [this.#tenant, accountId]);
    return rows.map((row) => ({
      id: row.id,
      name: row.name,
      firstSeenAt: row.first_seen_at,
      lastSeenAt: row.last_seen_at,
    }));
  }

  async remove(accountId: string, deviceId: string): Promise<void> {
    await this.#database.query(
      'delete from secure_player.devices where tenant = $1 and account_id = $2 and id = $3',
      [this.#tenant, accountId, deviceId],
    );
  }
}
