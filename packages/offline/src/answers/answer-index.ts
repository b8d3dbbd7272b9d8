import { keysOf, type DownloadsDatabase } from '../index-database/downloads-database.js';
import type { AnswerRow, NarrowedManifest } from './answer-row.js';

/** What is kept of titles, by pack. */
export class AnswerIndex {
  readonly #database: DownloadsDatabase;

  constructor(database: DownloadsDatabase) {
    this.#database = database;
  }

  /** All parts of one file that are at hand, damaged ones too. */
  find(pack: string, url: string): Promise<AnswerRow[]> {
    return this.#database.getAll('answers', keysOf(pack, url));
  }

  list(pack: string): Promise<AnswerRow[]> {
    return this.#database.getAll('answers', keysOf(pack));
  }

  /** All or none. What was there under the same name is replaced. */
  async put(rows: readonly AnswerRow[]): Promise<void> {
    const transaction = this.#database.transaction('answers', 'readwrite');
    await Promise.all([...rows.map((row) => transaction.store.put(row)), transaction.done]);
  }

  /** Leaves alone what has been fetched again, or forgotten, since it was read. */
  async markDamaged({ pack, url, start, offset }: AnswerRow): Promise<void> {
    const transaction = this.#database.transaction('answers', 'readwrite');
    const row = await transaction.store.get([pack, url, start]);
    const change = row?.offset === offset && transaction.store.put({ ...row, isDamaged: true });
    await Promise.all([change, transaction.done]);
  }

  async drop(rows: readonly AnswerRow[]): Promise<void> {
    const transaction = this.#database.transaction('answers', 'readwrite');
    const deleted = rows.map(({ pack, url, start }) => transaction.store.delete([pack, url, start]));
    await Promise.all([...deleted, transaction.done]);
  }

  manifest(pack: string): Promise<NarrowedManifest | undefined> {
    return this.#database.get('manifests', pack);
  }

  async putManifest(manifest: NarrowedManifest): Promise<void> {
    await this.#database.put('manifests', manifest);
  }

  /** Forgets a pack. Its file is deleted after that, and is an orphan until then. */
  async forget(pack: string): Promise<void> {
    const transaction = this.#database.transaction(['answers', 'manifests'], 'readwrite');
    await Promise.all([
      transaction.objectStore('answers').delete(keysOf(pack)),
      transaction.objectStore('manifests').delete(pack),
      transaction.done,
    ]);
  }

  /** Packs that have rows here. */
  async packs(): Promise<Set<string>> {
    const names = new Set<string>(await this.#database.getAllKeys('manifests'));
    let cursor = await this.#database.transaction('answers').store.openKeyCursor();
    while (cursor) {
      const [pack] = cursor.key;
      names.add(pack);
      // Straight to the next pack, past all rows of this one.
      cursor = await cursor.continue([pack, [] as unknown as string, 0]);
    }
    return names;
  }
}
