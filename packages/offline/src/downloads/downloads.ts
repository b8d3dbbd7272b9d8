import type { OfflineTitles, PlaybackError, Source } from '@secure-player/core';

import type { Download, DownloadTrack } from './download.js';

/** What is known of all downloads of this device. A frozen snapshot, the same object while nothing changed. */
export interface DownloadsState {
  /** `unavailable` where this browser keeps nothing; `error` says why. */
  readonly status: 'starting' | 'ready' | 'unavailable';
  readonly error: PlaybackError | null;
  /** In the order in which they were added. */
  readonly downloads: readonly Download[];
  readonly space: DownloadSpace | null;
  /** Whether this tab does the work. Others follow it, and take over when it is gone. */
  readonly isOwner: boolean;
}

/** Room for downloads, in bytes, as the browser tells it. */
export interface DownloadSpace {
  readonly usedBytes: number;
  readonly quotaBytes: number;
  /** Whether the browser has promised to delete nothing by itself. */
  readonly isPersisted: boolean;
}

/** What is to be downloaded of a title. */
export interface DownloadPreferences {
  /** The best picture up to this height is taken, in pixels. @default 720 */
  readonly maxHeight?: number | undefined;
  /** Languages of the sound, BCP 47. @default the first that the title offers */
  readonly languages?: readonly string[] | undefined;
  /** Languages of the subtitles; `all`. @default 'all' */
  readonly textLanguages?: readonly string[] | 'all' | undefined;
  /** Exactly these tracks, by their ids; the others above are then not looked at. */
  readonly trackIds?: readonly string[] | undefined;
}

export interface StartOptions extends DownloadPreferences {
  /** Higher comes first. @default 0 */
  readonly priority?: number | undefined;
}

/** What can be downloaded of a title, and how large it would be. */
export interface DownloadOffer {
  readonly tracks: readonly DownloadTrack[];
  /** What the preferences choose. */
  readonly chosenTrackIds: readonly string[];
  /** Bytes, from the bit rates of the manifest; a list of any tracks can be estimated. */
  estimate(trackIds?: readonly string[]): number;
  /** Whether so much fits, as far as the browser tells. */
  readonly fits: boolean;
}

/**
 * The downloads of this device. Every wish is kept before its promise resolves, and outlives the page; whatever comes of it
 * is told in the state. A wish about a title that is not there does nothing.
 */
export interface Downloads extends OfflineTitles {
  getState(): DownloadsState;
  subscribe(listener: () => void): () => void;
  /** Reads a title without downloading it, within a minute. @throws PlaybackError; the signal's reason. */
  inspect(
    source: Source,
    options?: DownloadPreferences & { readonly signal?: AbortSignal | undefined },
  ): Promise<DownloadOffer>;
  /**
   * Downloads a title, which needs an `id`. One that is here already goes on.
   *
   * @throws PlaybackError `source-invalid` for what cannot be downloaded whatever happens.
   */
  start(source: Source, options?: StartOptions): Promise<void>;
  pause(id: string): Promise<void>;
  /** Ends a pause, and tries again what failed. */
  resume(id: string): Promise<void>;
  /** Frees all of it, the license too; of a download under way as well. */
  remove(id: string): Promise<void>;
  setPriority(id: string, priority: number): Promise<void>;
  /** Gets another license for what is here. @throws PlaybackError, `download-missing` before anything of a title was read. */
  renewLicense(id: string): Promise<void>;
  /** Whether downloads may use a metered network. @default false where the browser tells which is */
  setMeteredAllowed(isAllowed: boolean): Promise<void>;
  /** Starts: reads what is here, takes over where nobody works, goes on. May be called again. */
  begin(): void;
  /** Ends the work of this tab; another takes over. What is here stays. */
  destroy(): Promise<void>;
}
