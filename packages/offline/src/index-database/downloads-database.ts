import { PlaybackError } from '@secure-player/core';
import { openDB, type DBSchema, type IDBPDatabase } from 'idb';

import type { AnswerRow, NarrowedManifest } from '../answers/answer-row.js';
import type { TitleRow } from '../titles/title-row.js';

const DATABASE_NAME = 'secure-player-downloads';
const VERSION = 1;

/** The index of downloads. Bytes are in packs, or in `bytes` where a browser has no files of its own. */
export interface DownloadsSchema extends DBSchema {
  titles: { key: string; value: TitleRow };
  answers: { key: [pack: string, url: string, start: number]; value: AnswerRow };
  manifests: { key: string; value: NarrowedManifest };
  bytes: {
    key: [pack: string, offset: number];
    value: { pack: string; offset: number; data: Uint8Array<ArrayBuffer> };
  };
  settings: { key: string; value: unknown };
}

export type DownloadsDatabase = IDBPDatabase<DownloadsSchema>;

/**
 * Opens the index. An older tab that is in the way closes its own; a newer one closes this, which `onClosed` tells.
 *
 * @throws PlaybackError `storage-failed`
 */
export async function openDownloadsDatabase(onClosed: () => void = () => {}): Promise<DownloadsDatabase> {
  try {
    return await openDB<DownloadsSchema>(DATABASE_NAME, VERSION, {
      upgrade(database) {
        database.createObjectStore('titles', { keyPath: 'id' });
        database.createObjectStore('answers', { keyPath: ['pack', 'url', 'start'] });
        database.createObjectStore('manifests', { keyPath: 'pack' });
        database.createObjectStore('bytes', { keyPath: ['pack', 'offset'] });
        database.createObjectStore('settings');
      },
      blocking(_from, _to, event) {
        (event.target as IDBDatabase).close();
        onClosed();
      },
      terminated: onClosed,
    });
  } catch (cause) {
    throw new PlaybackError('storage-failed', { cause });
  }
}

/** All keys that begin with these parts. */
export function keysOf(...parts: IDBValidKey[]): IDBKeyRange {
  // An array comes after every number, text and date (Indexed Database API 3.0, section 2.4).
  return IDBKeyRange.bound(parts, [...parts, []]);
}
