import type { Rental, RentalStore } from '../rentals/rental-store.js';
import type { SqlDatabase } from './sql-database.js';

interface RentalRow {
  readonly content_id: string;
  readonly rented_at: number;
  readonly started_at: number | null;
}

const RENT = `
insert into secure_player.rentals (tenant, account_id, content_id, rented_at) values ($1, $2, $3, $4)
on conflict (tenant, account_id, content_id) do update
  set rented_at = excluded.rented_at, started_at = null, seq = excluded.seq`;
const FIND = `
select content_id, rented_at, started_at from secure_player.rentals
where tenant = $1 and account_id = $2 and content_id = $3`;
const START = `
update secure_player.rentals set started_at = coalesce(started_at, $4)
where tenant = $1 and account_id = $2 and content_id = $3
returning content_id, rented_at, started_at`;
const LIST = `
select content_id, rented_at, started_at from secure_player.rentals
where tenant = $1 and account_id = $2 order by rented_at desc, seq desc`;

/** Keeps one tenant's rentals in SQL. */
export class SqlRentalStore implements RentalStore {
  readonly #tenant: string;
  readonly #database: SqlDatabase;

  constructor(tenant: string, database: SqlDatabase) {
    this.#tenant = tenant;
    this.#database = database;
  }

  async rent(accountId: string, contentId: string, now: number): Promise<Rental> {
    await this.#database.query(RENT, [this.#tenant, accountId, contentId, now]);
    return { contentId, rentedAt: now, startedAt: null };
  }

  async find(accountId: string, contentId: string): Promise<Rental | undefined> {
    return this.#one(FIND, [accountId, contentId]);
  }

  async start(accountId: string, contentId: string, now: number): Promise<Rental | undefined> {
    return this.#one(START, [accountId, contentId, now]);
  }

  async listOf(accountId: string): Promise<readonly Rental[]> {
    return (await this.#database.query<RentalRow>(LIST, [this.#tenant, accountId])).map(toRental);
  }

  async #one(text: string, values: readonly (string | number)[]): Promise<Rental | undefined> {
    const [row] = await this.#database.query<RentalRow>(text, [this.#tenant, ...values]);
    return row && toRental(row);
  }
}

function toRental(row: RentalRow): Rental {
  return { contentId: row.content_id, rentedAt: row.rented_at, startedAt: row.started_at };
}
