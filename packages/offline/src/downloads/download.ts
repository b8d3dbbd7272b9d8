import type { PlaybackError, Source } from '@secure-player/core';

import type { OfflineLicense } from '../licenses/offline-license.js';
import type { MediaTrack } from '../manifest/media-track.js';

/** A title that is downloaded, or is going to be. A frozen snapshot, the same object while nothing changed. */
export type Download = DownloadFacts & DownloadStage;

/** Where a download stands. */
export type DownloadStage =
  /** Others come first. */
  | { readonly status: 'queued' }
  /** The manifest is read, and the license is got. */
  | { readonly status: 'preparing' }
  | { readonly status: 'downloading' }
  /** The viewer wanted it to stop. */
  | { readonly status: 'paused' }
  /** It goes on by itself. */
  | {
      readonly status: 'waiting';
      readonly waitingFor: 'network' | 'unmetered-network' | 'retry';
      /** Epoch milliseconds of the next attempt; `null` where it waits for something to happen. */
      readonly retryAt: number | null;
      readonly error: PlaybackError | null;
    }
  | { readonly status: 'complete' }
  /** It goes on when `retry` is called; what it has is kept. */
  | { readonly status: 'failed'; readonly error: PlaybackError }
  | { readonly status: 'removing' };

export type DownloadStatus = DownloadStage['status'];

export interface DownloadFacts {
  /** The content id. */
  readonly id: string;
  readonly title: string | null;
  /**
   * What to play: `<SecurePlayer source={download.source}>` finds the download by its id. Its poster and thumbnails are
   * object URLs of what was downloaded, as soon as they are.
   */
  readonly source: Source;
  readonly receivedBytes: number;
  /** `null` until the manifest was read; an estimate until all is there. */
  readonly totalBytes: number | null;
  /** From 0 to 1, and 1 for what is complete alone. */
  readonly progress: number;
  readonly bytesPerSecond: number | null;
  /** `null` where nobody can tell. */
  readonly secondsLeft: number | null;
  /**
   * Whether playback from this device can begin: of what is here as a whole, its license aside; of what is on its way, as far as
   * it has come, with its license, and where there is no network: with one it streams.
   */
  readonly isPlayable: boolean;
  /** `null` until the title was prepared. */
  readonly license: OfflineLicense | null;
  readonly tracks: readonly DownloadTrack[];
  /** Higher comes first; equals go by age. */
  readonly priority: number;
  /** Epoch milliseconds. */
  readonly addedAt: number;
}

/** A track, as a viewer chooses it. */
export type DownloadTrack = Omit<MediaTrack, 'resources' | 'keyIds'>;
