import type { Packs, PackWriter } from './packs.js';

/** Of the site's private files. */
const FOLDER = 'secure-player-downloads';

/**
 * Packs as files of the origin private file system. Writing needs `createSyncAccessHandle`, which workers alone have;
 * reading works everywhere.
 */
export class OpfsPacks implements Packs {
  readonly #root: () => Promise<FileSystemDirectoryHandle>;
  #folder: Promise<FileSystemDirectoryHandle> | null = null;

  constructor(root: () => Promise<FileSystemDirectoryHandle> = () => navigator.storage.getDirectory()) {
    this.#root = root;
  }

  async open(name: string): Promise<PackWriter> {
    const folder = await this.#open();
    const file = await folder.getFileHandle(name, { create: true });
    return new OpfsPackWriter(await file.createSyncAccessHandle());
  }

  async read(name: string, offset: number, length: number): Promise<Uint8Array<ArrayBuffer> | null> {
    const file = await this.#file(name);
    return file && new Uint8Array(await file.slice(offset, offset + length).arrayBuffer());
  }

  async size(name: string): Promise<number | null> {
    return (await this.#file(name))?.size ?? null;
  }

  async list(): Promise<string[]> {
    const folder = await this.#open();
    const names: string[] = [];
    for await (const name of folder.keys()) names.push(name);
    return names;
  }

  async remove(name: string): Promise<void> {
    const folder = await this.#open();
    await folder.removeEntry(name).catch(unlessMissing);
  }

  /** A `File` is of one moment: what is appended later is not in it, so that each read gets its own. */
  async #file(name: string): Promise<File | null> {
    const folder = await this.#open();
    const handle = await folder.getFileHandle(name).catch(unlessMissing);
    return handle?.getFile() ?? null;
  }

  #open(): Promise<FileSystemDirectoryHandle> {
    this.#folder ??= this.#root().then((root) => root.getDirectoryHandle(FOLDER, { create: true }));
    this.#folder.catch(() => {
      this.#folder = null;
    });
    return this.#folder;
  }
}

class OpfsPackWriter implements PackWriter {
  readonly #handle: FileSystemSyncAccessHandle;
  #size: number;

  constructor(handle: FileSystemSyncAccessHandle) {
    this.#handle = handle;
    this.#size = handle.getSize();
  }

  get size(): number {
    return this.#size;
  }

  async append(bytes: Uint8Array<ArrayBuffer>): Promise<number> {
    const at = this.#size;
    const written = this.#handle.write(bytes, { at });
    // A disk that is full may take a part, without an error.
    if (written !== bytes.byteLength) throw new DOMException('The disk took less.', 'QuotaExceededError');

    this.#size += written;
    return at;
  }

  async flush(): Promise<void> {
    this.#handle.flush();
  }

  async truncate(size: number): Promise<void> {
    this.#handle.truncate(size);
    this.#size = size;
  }

  async close(): Promise<void> {
    this.#handle.close();
  }
}

function unlessMissing(error: unknown): null {
  if (error instanceof DOMException && error.name === 'NotFoundError') return null;
  throw error;
}
