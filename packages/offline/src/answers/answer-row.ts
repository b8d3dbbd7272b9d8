/** Where an answer of the server lies. It is written when its bytes are on the disk, never before. */
export interface AnswerRow {
  readonly pack: string;
  /** What was asked for; the address that answered is `finalUrl`. */
  readonly url: string;
  /** The first byte of the file that it holds. */
  readonly start: number;
  /** The last one, included; one before `start` for an empty file. */
  readonly end: number;
  /** Whether it is the whole file. */
  readonly isWhole: boolean;
  /** Of the file, where the server said so. */
  readonly fileBytes: number | null;
  /** In the pack. */
  readonly offset: number;
  readonly length: number;
  readonly sha256: ArrayBuffer;
  /** Tells versions of a file apart. */
  readonly etag: string | null;
  readonly contentType: string | null;
  readonly finalUrl: string;
  /** Whether it was found to be other bytes than were written. It is fetched again, and must be the same. */
  readonly isDamaged: boolean;
}

/** A manifest, as a player reads it: with the chosen tracks alone. */
export interface NarrowedManifest {
  readonly pack: string;
  readonly url: string;
  readonly finalUrl: string;
  readonly type: 'dash' | 'hls';
  readonly contentType: string | null;
  readonly text: string;
}
