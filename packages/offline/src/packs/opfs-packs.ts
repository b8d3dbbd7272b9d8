import type { Packs } from './packs.js';

/** Of the site's private files. */
const FOLDER = 'secure-player-downloads';

/** How often a read is begun anew while a title is being written, which it is a few dozen times a second. */
const READS = 50;

/** Packs as files of the origin private file system, for reading. */
export class OpfsPacks implements Packs {
  readonly #root: () => Promise<FileSystemDirectoryHandle>;
  #folder: Promise<FileSystemDirectoryHandle> | null = null;

  constructor(root: () => Promise<FileSystemDirectoryHandle> = () => navigator.storage.getDirectory()) {
    this.#root = root;
  }

  async read(name: string, offset: number, length: number): Promise<Uint8Array<ArrayBuffer> | null> {
    for (let attempt = 1; ; attempt += 1) {
      const file = await this.#file(name);
      try {
        return file && new Uint8Array(await file.slice(offset, offset + length).arrayBuffer());
      } catch (error) {
        // A `File` is refused once its file has changed: something was appended since it was asked for.
        if (!isNotReadable(error) || attempt >= READS) throw error;
      }
    }
  }

  async size(name: string): Promise<number | null> {
    return (await this.#file(name))?.size ?? null;
  }

  async list(): Promise<string[]> {
    const folder = await this.folder();
    const names: string[] = [];
    for await (const name of folder.keys()) names.push(name);
    return names;
  }

  async remove(name: string): Promise<void> {
    const folder = await this.folder();
    await folder.removeEntry(name).catch(unlessMissing);
  }

  /** A `File` is of one moment: what is appended later is not in it, so that each read gets its own. */
  async #file(name: string): Promise<File | null> {
    const folder = await this.folder();
    const handle = await folder.getFileHandle(name).catch(unlessMissing);
    return handle?.getFile() ?? null;
  }

  /** Where packs are; made where there is none. */
  protected folder(): Promise<FileSystemDirectoryHandle> {
    this.#folder ??= this.#root().then((root) => root.getDirectoryHandle(FOLDER, { create: true }));
    this.#folder.catch(() => {
      this.#folder = null;
    });
    return this.#folder;
  }
}

function isNotReadable(error: unknown): boolean {
  return error instanceof DOMException && error.name === 'NotReadableError';
}

function unlessMissing(error: unknown): null {
  if (error instanceof DOMException && error.name === 'NotFoundError') return null;
  throw error;
}
