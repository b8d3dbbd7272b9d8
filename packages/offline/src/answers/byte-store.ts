/** Where bytes are kept, by name, a folder for each title. */
export interface ByteStore {
  /** Resolves when the bytes would survive the end of the browser. What the name held before is replaced. */
  write(folder: string, name: string, bytes: Uint8Array<ArrayBuffer>): Promise<void>;
  /** `null` where there is nothing of that name. */
  read(folder: string, name: string): Promise<Blob | null>;
  remove(folder: string, name: string): Promise<void>;
  /** What is there, of which the index may know nothing. */
  folders(): Promise<string[]>;
  names(folder: string): Promise<string[]>;
  removeFolder(folder: string): Promise<void>;
}

/** The device has no room left. What is kept already stays. */
export class StorageFullError extends Error {
  override readonly name = 'StorageFullError';

  constructor() {
    super('The browser has no room for more.');
  }
}
