import type { AnswerIndex } from '../answers/answer-index.js';
import type { AnswerRow } from '../answers/answer-row.js';
import type { PackWriter, WritablePacks } from './packs.js';

/** An answer that is to be kept. */
export interface IncomingAnswer extends Omit<AnswerRow, 'pack' | 'offset' | 'length' | 'isDamaged'> {
  readonly data: Uint8Array<ArrayBuffer>;
}

interface Waiting {
  readonly answer: IncomingAnswer;
  readonly resolve: () => void;
  readonly reject: (error: unknown) => void;
}

/**
 * Writes answers to a pack and then tells the index. The order is append, flush, rows: so a row always points at bytes
 * that are on the disk, and bytes behind the last row are nobody's. What comes while a flush is under way shares the next.
 */
export class PackLog {
  readonly #name: string;
  readonly #index: AnswerIndex;
  readonly #writer: PackWriter;
  #waiting: Waiting[] = [];
  #isWriting = false;
  #idle: Promise<void> = Promise.resolve();

  private constructor(name: string, index: AnswerIndex, writer: PackWriter) {
    this.#name = name;
    this.#index = index;
    this.#writer = writer;
  }

  /**
   * Opens a pack, and makes index and file agree: rows that point behind the end of the file are dropped, and bytes
   * behind the last row are cut off. What is at hand is resolved with it.
   */
  static async open(
    name: string,
    { packs, index }: { readonly packs: WritablePacks; readonly index: AnswerIndex },
  ): Promise<{ readonly log: PackLog; readonly rows: AnswerRow[] }> {
    const writer = await packs.open(name);
    try {
      const known = await index.list(name);
      const isThere = ({ offset, length }: AnswerRow) => offset + length <= writer.size;
      const lost = known.filter((row) => !isThere(row));
      if (lost.length > 0) await index.drop(lost);

      const rows = known.filter(isThere);
      const end = rows.reduce((last, { offset, length }) => Math.max(last, offset + length), 0);
      if (end < writer.size) await writer.truncate(end);
      return { log: new PackLog(name, index, writer), rows };
    } catch (error) {
      await writer.close();
      throw error;
    }
  }

  /** Resolves when the answer is kept. Rejects with what the disk or the index says; what was kept before stays. */
  add(answer: IncomingAnswer): Promise<void> {
    return new Promise((resolve, reject) => {
      this.#waiting.push({ answer, resolve, reject });
      if (!this.#isWriting) this.#idle = this.#write();
    });
  }

  /** Keeps what is under way, and lets go of the file. */
  async close(): Promise<void> {
    await this.#idle;
    await this.#writer.close();
  }

  async #write(): Promise<void> {
    this.#isWriting = true;
    while (this.#waiting.length > 0) {
      const batch = this.#waiting;
      this.#waiting = [];
      await this.#writeBatch(batch);
    }
    this.#isWriting = false;
  }

  async #writeBatch(batch: readonly Waiting[]): Promise<void> {
    const before = this.#writer.size;
    try {
      const rows: AnswerRow[] = [];
      for (const { answer } of batch) {
        const { data, ...row } = answer;
        const offset = await this.#writer.append(data);
        rows.push({ ...row, pack: this.#name, offset, length: data.byteLength, isDamaged: false });
      }
      await this.#writer.flush();
      await this.#index.put(rows);
      for (const { resolve } of batch) resolve();
    } catch (error) {
      // What was appended of it is nobody's; a disk that is full gets it back.
      await this.#writer.truncate(before).catch(() => {});
      for (const { reject } of batch) reject(error);
    }
  }
}
