import type { ProxyMarked } from 'comlink';

import type { DownloadService } from './download-service.js';

/** What a page reaches in the worker by comlink's `wrap`. */
export interface DownloadWorker {
  /** Opens the index; rejects where this browser keeps none. */
  open(): Promise<DownloadService & ProxyMarked>;
}
