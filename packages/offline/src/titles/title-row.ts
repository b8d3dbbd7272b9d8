import type { PlaybackErrorDocument, Source } from '@secure-player/core';

import type { DownloadTrack } from '../downloads/download.js';
import type { DownloadPreferences } from '../downloads/downloads.js';
import type { WrappedKey } from '../licenses/license-record.js';
import type { PreparedTitle } from '../worker/title-job.js';

/** What the viewer wants of a title. Any tab writes it; the tab that works makes it so. */
export type TitleIntent = 'download' | 'pause' | 'remove';

/** A title, as it is kept. What has changed in it is written before anybody is told. */
export interface TitleRow {
  readonly id: string;
  readonly intent: TitleIntent;
  /** Without functions, which cannot be kept, and without secrets. `src`, poster and thumbnails are absolute. */
  readonly source: Source;
  /** The content keys that the page gave in its source, as the vault wraps them. */
  readonly sealedKeys: readonly WrappedKey[];
  readonly preferences: DownloadPreferences;
  readonly priority: number;
  /** Epoch milliseconds. */
  readonly addedAt: number;
  /** Counts up with each version of the title that the server had. */
  readonly generation: number;
  /** The pack that is filled, or is whole. */
  readonly pack: string;
  /** An earlier version, whole, which stays until the present one is. */
  readonly lastPack: string | null;
  /** How that version is protected; `null` where there is none. */
  readonly lastProtection: TitleProtection | null;
  readonly isComplete: boolean;
  /** Whether the present version ever was: then it stays where the server has another by now. */
  readonly wasComplete: boolean;
  /** Bytes that are here, as of the last stop. */
  readonly receivedBytes: number;
  /** `null` until the manifest was read. */
  readonly plan: PlannedTitle | null;
  /** Why it does not go on by itself. */
  readonly error: PlaybackErrorDocument | null;
}

/** What was found in the manifest, as far as pages want to know. */
export interface PlannedTitle {
  readonly tracks: readonly DownloadTrack[];
  /** Bytes; exact once all is there. */
  readonly totalBytes: number;
  /** What licenses are asked for by, so that another one can be got without reading the title again. */
  readonly protection: TitleProtection;
}

export type TitleProtection = Pick<PreparedTitle, 'initData' | 'keyIds' | 'keyUrls'>;

/** Whether there is a version of which all is here. */
export function isWhole({ isComplete, lastPack }: TitleRow): boolean {
  return isComplete || lastPack !== null;
}

/** What is played of it: an earlier version that is whole goes before one that is not. */
export function playablePack({ isComplete, pack, lastPack }: TitleRow): string {
  return isComplete ? pack : (lastPack ?? pack);
}
