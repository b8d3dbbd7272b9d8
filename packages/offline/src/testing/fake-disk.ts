import type { PackWriter, WritablePacks } from '../packs/packs.js';
import { turn } from './until.js';

interface PackFile {
  bytes: Uint8Array<ArrayBuffer>;
  /** How many of them were flushed. */
  flushed: number;
}

/** Never settles: what a killed worker had begun. */
const NEVER = new Promise<never>(() => {});

/** A disk in memory: what was not flushed may be lost at a crash, it can be full, and what lies on it can be damaged. */
export class FakeDisk implements WritablePacks {
  /** Bytes that it holds. */
  capacity = Number.POSITIVE_INFINITY;
  /** Called before each flush; what it throws is what the disk says. */
  beforeFlush: () => void = () => {};
  readonly #files = new Map<string, PackFile>();
  readonly #opened = new Map<string, number>();
  #life = 0;

  async open(name: string): Promise<PackWriter> {
    const life = this.#life;
    if (this.#opened.get(name) === life) throw new DOMException('It is open.', 'NoModificationAllowedError');
    this.#opened.set(name, life);
    const file = this.#files.get(name) ?? { bytes: new Uint8Array(), flushed: 0 };
    this.#files.set(name, file);
    return this.#writer(name, file, life);
  }

  async read(name: string, offset: number, length: number): Promise<Uint8Array<ArrayBuffer> | null> {
    const file = this.#files.get(name);
    return file ? file.bytes.slice(0, file.flushed).slice(offset, offset + length) : null;
  }

  async size(name: string): Promise<number | null> {
    return this.#files.get(name)?.flushed ?? null;
  }

  async list(): Promise<string[]> {
    return [...this.#files.keys()];
  }

  async remove(name: string): Promise<void> {
    if (this.#opened.get(name) === this.#life) {
      throw new DOMException('It is open.', 'NoModificationAllowedError');
    }
    this.#files.delete(name);
  }

  /** The power fails. Of what was appended and not flushed this share is there all the same. */
  crash(keptShare = 0): void {
    this.#life += 1;
    for (const file of this.#files.values()) {
      file.flushed += Math.floor((file.bytes.byteLength - file.flushed) * keptShare);
      file.bytes = file.bytes.slice(0, file.flushed);
    }
  }

  /** Turns one byte over. */
  damage(name: string, offset: number): void {
    const file = this.#files.get(name);
    if (!file) throw new Error('No such pack.');
    file.bytes[offset] = (file.bytes[offset] ?? 0) ^ 0xff;
  }

  /** Loses the end of a pack. */
  cut(name: string, size: number): void {
    const file = this.#files.get(name);
    if (file) truncate(file, size);
  }

  get usedBytes(): number {
    return [...this.#files.values()].reduce((sum, { bytes }) => sum + bytes.byteLength, 0);
  }

  #writer(name: string, file: PackFile, life: number): PackWriter {
    const alive = () => (life === this.#life ? null : NEVER);
    return {
      get size() {
        return file.bytes.byteLength;
      },
      append: async (bytes) => {
        await alive();
        const at = file.bytes.byteLength;
        const taken = Math.min(bytes.byteLength, Math.max(this.capacity - this.usedBytes, 0));
        // A disk that becomes full has taken a part of it.
        file.bytes = concat(file.bytes, bytes.subarray(0, taken));
        if (taken < bytes.byteLength) throw new DOMException('The disk took less.', 'QuotaExceededError');
        return at;
      },
      flush: async () => {
        await alive();
        this.beforeFlush();
        // A disk takes its time, in which the power may fail.
        await turn();
        await alive();
        file.flushed = file.bytes.byteLength;
      },
      truncate: async (size) => {
        await alive();
        truncate(file, size);
      },
      close: async () => {
        await alive();
        file.flushed = file.bytes.byteLength;
        if (this.#opened.get(name) === life) this.#opened.delete(name);
      },
    };
  }
}

function truncate(file: PackFile, size: number): void {
  file.bytes = file.bytes.slice(0, size);
  file.flushed = Math.min(file.flushed, size);
}

function concat(one: Uint8Array, other: Uint8Array): Uint8Array<ArrayBuffer> {
  const both = new Uint8Array(one.byteLength + other.byteLength);
  both.set(one);
  both.set(other, one.byteLength);
  return both;
}
