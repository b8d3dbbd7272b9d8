import type { DownloadsDatabase } from '../index-database/downloads-database.js';
import type { TitleRow } from './title-row.js';

/** The titles of this device, in memory as the index has them. */
export class TitleShelf {
  readonly #database: DownloadsDatabase;
  readonly #onChange: (id: string, isOwn: boolean) => void;
  readonly #rows = new Map<string, TitleRow>();

  /** @param onChange is called after each change, `isOwn` for those of this tab. */
  constructor(database: DownloadsDatabase, onChange: (id: string, isOwn: boolean) => void) {
    this.#database = database;
    this.#onChange = onChange;
  }

  async load(): Promise<void> {
    const rows = await this.#database.getAll('titles');
    this.#rows.clear();
    for (const row of rows) this.#rows.set(row.id, row);
  }

  get(id: string): TitleRow | undefined {
    return this.#rows.get(id);
  }

  /** In the order in which they were added. */
  list(): TitleRow[] {
    return [...this.#rows.values()].sort((a, b) => a.addedAt - b.addedAt || (a.id < b.id ? -1 : 1));
  }

  /**
   * Changes one title, in one step that no other tab comes between. `decide` gets what the index has, and gives back what it
   * is to have: `null` for nothing, `undefined` to leave it.
   */
  async update(
    id: string,
    decide: (row: TitleRow | undefined) => TitleRow | null | undefined,
  ): Promise<TitleRow | undefined> {
    const transaction = this.#database.transaction('titles', 'readwrite');
    const before = await transaction.store.get(id);
    const after = decide(before);
    const change = after === null ? transaction.store.delete(id) : after && transaction.store.put(after);
    await Promise.all([change, transaction.done]);

    const now = after === undefined ? before : (after ?? undefined);
    this.#take(id, now);
    if (after !== undefined) this.#onChange(id, true);
    return now;
  }

  /** Another tab has changed it. */
  async refresh(id: string): Promise<void> {
    this.#take(id, await this.#database.get('titles', id));
    this.#onChange(id, false);
  }

  #take(id: string, row: TitleRow | undefined): void {
    if (row) this.#rows.set(id, row);
    else this.#rows.delete(id);
  }
}
