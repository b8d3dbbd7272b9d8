/** The files of downloads, one for each version of a title, by name. Names are of `packName`. */
export interface Packs {
  /** Bytes that are on the disk; fewer than asked for where the pack ends before. `null` where there is no such pack. */
  read(name: string, offset: number, length: number): Promise<Uint8Array<ArrayBuffer> | null>;
  /** How long a pack is; `null` where there is none. */
  size(name: string): Promise<number | null>;
  list(): Promise<string[]>;
  /** What is not there is no error. */
  remove(name: string): Promise<void>;
}

/** Packs in a worker, where they can be written. */
export interface WritablePacks extends Packs {
  /** Opens a pack for appending, and makes it where there is none. One writer at a time in all tabs. */
  open(name: string): Promise<PackWriter>;
}

/** Appends to a pack. */
export interface PackWriter {
  readonly size: number;
  /** Where the bytes lie from now on; not on the disk before `flush`, and whoever appends may use their buffer after that. */
  append(bytes: Uint8Array<ArrayBuffer>): Promise<number>;
  /** Resolves when what was appended would survive the end of the browser. */
  flush(): Promise<void>;
  /** Cuts off what lies behind. */
  truncate(size: number): Promise<void>;
  close(): Promise<void>;
}
