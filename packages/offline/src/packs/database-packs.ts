import { keysOf, type DownloadsDatabase } from '../index-database/downloads-database.js';
import type { PackWriter, WritablePacks } from './packs.js';
import { joinBytes } from '../bytes/join-bytes.js';

/** Packs as rows of the index, for browsers without files of their own. What was appended at a time is one row. */
export class DatabasePacks implements WritablePacks {
  readonly #database: DownloadsDatabase;

  constructor(database: DownloadsDatabase) {
    this.#database = database;
  }

  async open(name: string): Promise<PackWriter> {
    return new DatabasePackWriter(this.#database, name, (await this.size(name)) ?? 0);
  }

  async read(name: string, offset: number, length: number): Promise<Uint8Array<ArrayBuffer> | null> {
    const transaction = this.#database.transaction('bytes');
    // The row that holds the first byte is the last one that does not begin behind it.
    const upTo = IDBKeyRange.bound([name, 0], [name, offset]);
    const first = await transaction.store.openCursor(upTo, 'prev');
    if (!first) return null;

    const parts: Uint8Array<ArrayBuffer>[] = [];
    const from = first.value.offset;
    let next = await transaction.store.openCursor(IDBKeyRange.bound([name, from], [name, offset + length]));
    for (; next; next = await next.continue()) {
      const { data, offset: at } = next.value;
      parts.push(data.subarray(Math.max(offset - at, 0), Math.max(offset + length - at, 0)));
    }
    return joinBytes(parts);
  }

  async size(name: string): Promise<number | null> {
    const cursor = await this.#database.transaction('bytes').store.openCursor(keysOf(name), 'prev');
    return cursor ? cursor.value.offset + cursor.value.data.byteLength : null;
  }

  async list(): Promise<string[]> {
    const names: string[] = [];
    let cursor = await this.#database.transaction('bytes').store.openKeyCursor();
    while (cursor) {
      const [name] = cursor.key;
      names.push(name);
      cursor = await cursor.continue([name, Number.POSITIVE_INFINITY]);
    }
    return names;
  }

  async remove(name: string): Promise<void> {
    await this.#database.delete('bytes', keysOf(name));
  }
}

class DatabasePackWriter implements PackWriter {
  readonly #database: DownloadsDatabase;
  readonly #name: string;
  #size: number;
  #pending: { offset: number; data: Uint8Array<ArrayBuffer> }[] = [];

  constructor(database: DownloadsDatabase, name: string, size: number) {
    this.#database = database;
    this.#name = name;
    this.#size = size;
  }

  get size(): number {
    return this.#size;
  }

  async append(bytes: Uint8Array<ArrayBuffer>): Promise<number> {
    const offset = this.#size;
    // A view is stored with all of its buffer.
    this.#pending.push({ offset, data: bytes.slice() });
    this.#size += bytes.byteLength;
    return offset;
  }

  async flush(): Promise<void> {
    const rows = this.#pending;
    this.#pending = [];
    const transaction = this.#database.transaction('bytes', 'readwrite');
    await Promise.all([
      ...rows
        .filter(({ data }) => data.byteLength > 0)
        .map((row) => transaction.store.put({ pack: this.#name, ...row })),
      transaction.done,
    ]);
  }

  async truncate(size: number): Promise<void> {
    this.#pending = this.#pending.filter(({ offset }) => offset < size);
    // Answers end where rows end: no row lies across.
    await this.#database.delete('bytes', IDBKeyRange.bound([this.#name, size], [this.#name, []]));
    this.#size = size;
  }

  async close(): Promise<void> {}
}
