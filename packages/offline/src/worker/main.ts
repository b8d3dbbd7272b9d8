import { systemClock } from '@secure-player/core';
import { expose, proxy } from 'comlink';

import { AnswerIndex } from '../answers/answer-index.js';
import { openDownloadsDatabase } from '../index-database/downloads-database.js';
import { choosePacks } from '../packs/choose-packs.js';
import { DownloadService } from './download-service.js';
import type { DownloadWorker } from './download-worker.js';

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
