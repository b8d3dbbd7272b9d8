import '@secure-player/react/styles.css';

import { SecurePlayer, SecurePlayerProvider, type Source } from '@secure-player/react';
import { createDownloads } from '@secure-player/offline/dom';
import type { Download, StartOptions } from '@secure-player/offline';
import { createHttpOfflineBackend, resolveSource } from '@secure-player/core';
import { createRoot } from 'react-dom/client';

/** What tests drive from outside: the downloads of this page, and a player that looks among them. */
export interface DownloadsPage {
  readonly downloads: ReturnType<typeof createDownloads>;
  /** Begins, and wants this title. */
  start(source: Source, options?: StartOptions): Promise<void>;
  /** Resolves when a download is complete or has failed, with what it is then. */
  settled(id: string): Promise<Pick<Download, 'status'>>;
  /** Those of these addresses that are kept, by the index, as soon as there are so many. */
  kept(urls: readonly string[], count: number): Promise<string[]>;
  /** SHA-256 in hex of what is kept of these addresses, as a player would read it; null for what is not. */
  digests(id: string, urls: readonly string[]): Promise<(string | null)[]>;
  show(source: Source | null, options?: { readonly controls?: boolean }): void;
  /** Plays what is here, as the downloads say, as soon as they are known. */
  showDownload(id: string): void;
}

declare global {
  interface Window {
    downloadsPage: DownloadsPage;
  }
}

function toHex(bytes: ArrayBuffer): string {
  return Array.from(new Uint8Array(bytes), (byte) => byte.toString(16).padStart(2, '0')).join('');
}

function resultOf<Result>(request: IDBRequest<Result>): Promise<Result> {
  return new Promise((resolve, reject) => {
    request.addEventListener('success', () => resolve(request.result));
    request.addEventListener('error', () => reject(request.error));
  });
}

const container = document.getElementById('root');
if (!container) throw new Error('The downloads page has no root element.');

const root = createRoot(container);
const { searchParams } = new URL(location.href);
const token = searchParams.get('token');
const authorize = () => token;
/** How far the device's clock is ahead, in milliseconds. */
const ahead = Number(searchParams.get('clock') ?? 0);
const now = Date.now.bind(Date);
Date.now = () => now() + ahead;

const downloads = createDownloads({
  authorize,
  ...(token !== null && { rights: createHttpOfflineBackend({ baseUrl: '/', authorize, account: 'test' }) }),
});
downloads.begin();

window.downloadsPage = {
  downloads,
  start: (source, options) => downloads.start(source, options),
  settled: (id) =>
    new Promise((resolve) => {
      const look = () => {
        const download = downloads.getState().downloads.find((one) => one.id === id);
        if (download?.status === 'complete' || download?.status === 'failed') resolve(download);
      };
      downloads.subscribe(look);
      look();
    }),
  async kept(urls, count) {
    // What is not here as a whole is not opened while there is a network.
    const database = await resultOf(indexedDB.open('secure-player-downloads'));
    for (;;) {
      const answers = database.transaction('answers').objectStore('answers');
      const rows: { readonly url: string }[] = await resultOf(answers.getAll());
      const kept = urls.filter((url) => rows.some((row) => row.url === url));
      if (kept.length < count) continue;

      database.close();
      return kept;
    }
  },
  async digests(id, urls) {
    const source = resolveSource({ src: '/any.mpd', id });
    const { signal } = new AbortController();
    const title = await downloads.open(source, { signal });
    if (!title) return urls.map(() => null);
    return Promise.all(
      urls.map(async (url) => {
        const answer = await title.read({ url, range: null, signal });
        return answer && toHex(await crypto.subtle.digest('SHA-256', answer.data));
      }),
    );
  },
  show(source, { controls = false } = {}) {
    root.render(
      <SecurePlayerProvider downloads={downloads} authorize={authorize}>
        <SecurePlayer source={source} controls={controls} autoPlay muted />
      </SecurePlayerProvider>,
    );
  },
  showDownload(id) {
    const find = () => downloads.getState().downloads.find((one) => one.id === id);
    const found = find();
    if (found) {
      window.downloadsPage.show(found.source);
      return;
    }
    const stop = downloads.subscribe(() => {
      if (!find()) return;
      stop();
      window.downloadsPage.showDownload(id);
    });
  },
};
