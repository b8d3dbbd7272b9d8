import { Authorizer, LicenseClient, systemClock, type Authorize, type Source } from '@secure-player/core';

import { DownloadManager } from '../downloads/download-manager.js';
import type { Downloads } from '../downloads/downloads.js';
import { GivenHeaders } from '../downloads/given-headers.js';
import { markCustomKeySystems } from '../downloads/mark-custom-key-systems.js';
import { openDownloadsDatabase } from '../index-database/downloads-database.js';
import { openTabChannel } from '../tabs/tab-channel.js';
import { askAuthorizer } from './ask-authorizer.js';
import { createOfflineLicenses, type OfflineLicensesOptions } from './create-offline-licenses.js';
import { createPageNetwork } from './page-network.js';
import { askToPersist, readPageSpace } from './page-space.js';
import { WorkerService } from './worker-service.js';

/** Options of {@link createDownloads}. */
export interface DownloadsOptions {
  /**
   * Gives requests their credentials, as for playback; asked for manifests, keys, licenses and, with `authorizeSegments`,
   * segments.
   */
  readonly authorize?: Authorize | undefined;
  /** Further origins that may see a credential. @default [] */
  readonly authorizedOrigins?: readonly string[] | undefined;
  /** Whether `authorize` is asked for each media segment and picture too, as in `<SecurePlayerProvider>`. @default false */
  readonly authorizeSegments?: boolean | undefined;
  /** Titles that are downloaded at a time. @default 2 */
  readonly concurrency?: number | undefined;
  /**
   * Gives a source that was kept back what is not: its functions (`prepareRequest`, `parseResponse`, `getContentId`), which
   * cannot be kept, and its fixed `headers`, which carry credentials and are written nowhere. Headers that were given to
   * `start` are known until the tabs of this site are closed; licenses that are got or renewed after that need them from here,
   * or from `authorize`. Keys that a page gives (`keys`) are kept, under the key of the vault.
   *
   * @default as it is
   */
  readonly completeSource?: ((source: Source) => Source) | undefined;
  /**
   * Starts the worker, for bundlers that do not find it by themselves: `() => new Worker(url, { type: 'module' })` with the
   * URL of `@secure-player/offline/worker`.
   */
  readonly createWorker?: (() => Worker) | undefined;
  /**
   * Who says which titles may be kept, for how long, and can take that back: `createHttpOfflineBackend` speaks to this
   * project's server. @default nobody: the license server's answer is all there is
   */
  readonly rights?: OfflineLicensesOptions['rights'];
  readonly deviceId?: OfflineLicensesOptions['deviceId'];
}

/**
 * The downloads of this page: make them once, and give them to `<SecurePlayerProvider downloads>`. Nothing is opened before
 * they are used.
 */
export function createDownloads({
  authorize,
  authorizedOrigins = [],
  authorizeSegments = false,
  concurrency = 2,
  completeSource = (source) => source,
  createWorker = startWorker,
  rights,
  deviceId,
}: DownloadsOptions = {}): Downloads {
  const authorizer = new Authorizer({
    authorize: () => authorize,
    authorizedOrigins: () => authorizedOrigins,
    authorizeSegments: () => authorizeSegments,
    pageUrl: () => document.baseURI,
    pageOrigin: () => location.origin,
  });
  const headers = new GivenHeaders();
  const complete = (source: Source) => completeSource(headers.addTo(source));
  return new DownloadManager(() => ({
    openDatabase: openDownloadsDatabase,
    service: new WorkerService(createWorker),
    licenses: createOfflineLicenses({
      licenseClient: new LicenseClient({ authorizer }),
      authorizer,
      rights,
      deviceId,
      completeSource: complete,
    }),
    openChannel: openTabChannel,
    locks: (navigator as { readonly locks?: LockManager }).locks,
    network: createPageNetwork(),
    clock: systemClock,
    random: Math.random,
    space: readPageSpace,
    askToPersist,
    headers,
    completeSource: (source) => complete(markCustomKeySystems(source)),
    concurrency,
    pageUrl: () => document.baseURI,
    askFor: (source, signal) => askAuthorizer(authorizer, source, signal),
  }));
}

function startWorker(): Worker {
  return new Worker(new URL('../worker/main.js', import.meta.url), { type: 'module' });
}
