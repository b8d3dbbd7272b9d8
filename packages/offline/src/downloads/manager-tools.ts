import type { Clock, Source } from '@secure-player/core';

import type { DownloadsDatabase } from '../index-database/downloads-database.js';
import type { OfflineLicenses } from '../licenses/offline-licenses.js';
import type { NetworkMonitor } from '../queue/network-monitor.js';
import type { RemoteService } from '../queue/run-title.js';
import type { Locks } from '../tabs/owner-lock.js';
import type { TabChannel } from '../tabs/tab-channel.js';
import type { AskPage } from '../worker/download-service.js';
import type { GivenHeaders } from './given-headers.js';
import type { DownloadSpace } from './downloads.js';

/** What a {@link DownloadManager} is made of: everything of the browser that it touches. */
export interface ManagerTools {
  /** `onClosed` is called when the index is taken away, by a newer version of the kit in another tab. */
  readonly openDatabase: (onClosed: () => void) => Promise<DownloadsDatabase>;
  /** The worker is started with the first call, and again after it was lost. */
  readonly service: RemoteService & { terminate(): void };
  readonly licenses: OfflineLicenses & { destroy(): void };
  readonly openChannel: () => TabChannel;
  /** `undefined` in browsers without Web Locks. */
  readonly locks: Locks | undefined;
  readonly network: NetworkMonitor;
  readonly clock: Clock;
  /** From 0 to 1, for jitter. */
  readonly random: () => number;
  /** `null` where the browser does not tell. */
  readonly space: () => Promise<DownloadSpace | null>;
  /** Asks the browser to delete nothing by itself. Not awaited: some never answer. */
  readonly askToPersist: () => void;
  /** What `completeSource` knows of headers. */
  readonly headers: GivenHeaders;
  /** With the functions and the headers of the page, which are not kept. */
  readonly completeSource: (source: Source) => Source;
  /** How the worker asks for credentials, until `signal` is aborted. */
  readonly askFor: (source: Source, signal: AbortSignal) => AskPage;
  /** Titles at a time. */
  readonly concurrency: number;
  /** Where relative addresses start. */
  readonly pageUrl: () => string;
}
