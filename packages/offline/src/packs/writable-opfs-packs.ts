import { OpfsPacks } from './opfs-packs.js';
import type { PackWriter, WritablePacks } from './packs.js';

/** Packs as files, for writing too, by `createSyncAccessHandle`, which workers alone have. */
export class WritableOpfsPacks extends OpfsPacks implements WritablePacks {
  async open(name: string): Promise<PackWriter> {
    const folder = await this.folder();
    const file = await folder.getFileHandle(name, { create: true });
    return new OpfsPackWriter(await file.createSyncAccessHandle());
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
