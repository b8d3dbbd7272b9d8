import { systemClock } from '@secure-player/core';
import { expose, proxy, type ProxyMarked } from 'comlink';

import { AnswerIndex } from '../answers/answer-index.js';
import { openDownloadsDatabase } from '../index-database/downloads-database.js';
import { choosePacks } from '../packs/choose-packs.js';
import { DownloadService } from './download-service.js';

/** What a page reaches by comlink's `wrap`. */
export interface DownloadWorker {
  /** Opens the index; rejects where this browser keeps none. */
  open(): Promise<DownloadService & ProxyMarked>;
}

const network = {
  fetch: (input: RequestInfo | URL, init?: RequestInit) => fetch(input, init),
  clock: systemClock,
  random: Math.random,
  isOnline: () => navigator.onLine,
};

expose({
  async open() {
    // A newer version of the kit in another tab wants the index: the page starts a worker anew when it needs one.
    const database = await openDownloadsDatabase(() => close());
    const tools = { packs: await choosePacks(database), index: new AnswerIndex(database) };
    return proxy(new DownloadService(tools, network));
  },
} satisfies DownloadWorker);
