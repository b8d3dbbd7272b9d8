import { expect, test as base } from './fixtures.js';
import { DownloadOrigin } from './download-origin.js';
import type { Page } from '@playwright/test';

export interface DownloadFixtures {
  /** Of the title. */
  segments: number;
  /** A server with the title. */
  origin: DownloadOrigin;
  /** Opens a tab with downloads. */
  open: () => Promise<Page>;
}

/** Tabs with downloads, and an origin with a title of bytes without meaning. */
export const test = base.extend<DownloadFixtures>({
  segments: [24, { option: true }],
  origin: async ({ segments }, provide) => {
    const origin = new DownloadOrigin({ segments, segmentBytes: 20_000 });
    await origin.open();
    await provide(origin);
    await origin.close();
  },
  open: async ({ context, site }, provide) => {
    await provide(async () => {
      const page = await context.newPage();
      await page.goto(`${site.url}/harness/downloads.html`);
      return page;
    });
  },
});

/** Wants the title. */
export function start(page: Page, origin: DownloadOrigin): Promise<void> {
  return page.evaluate(
    (src) => window.downloadsPage.start({ src, type: 'dash', id: 'film' }),
    origin.manifestUrl,
  );
}

/** Resolves when it is complete or has failed. */
export function settled(page: Page) {
  return page.evaluate(() => window.downloadsPage.settled('film'));
}

/** What a tab says of it. */
export function film(page: Page) {
  return page.evaluate(() => {
    const { downloads, isOwner } = window.downloadsPage.downloads.getState();
    const download = downloads.find(({ id }) => id === 'film');
    return {
      isOwner,
      status: download?.status,
      error: download?.status === 'failed' ? download.error.code : null,
      waitingFor: download?.status === 'waiting' ? download.waitingFor : null,
      receivedBytes: download?.receivedBytes ?? 0,
    };
  });
}

/** Paths of what is kept of it now. */
export async function keptPaths(page: Page, origin: DownloadOrigin): Promise<string[]> {
  const urls = origin.paths().map((path) => origin.url(path));
  const kept = await page.evaluate((all) => window.downloadsPage.kept(all, 0), urls);
  return origin.paths().filter((path) => kept.includes(origin.url(path)));
}

/** Whether all is here, byte for byte. */
export async function expectWhole(page: Page, origin: DownloadOrigin): Promise<void> {
  expect(await digestsOf(page, origin)).toEqual(origin.paths().map((path) => origin.digest(path)));
}

/** How often each answer went out. */
export function times(origin: DownloadOrigin): number[] {
  return origin.paths().map((path) => origin.answers.filter((answer) => answer === path).length);
}

function digestsOf(page: Page, origin: DownloadOrigin): Promise<(string | null)[]> {
  const urls = origin.paths().map((path) => origin.url(path));
  return page.evaluate((all) => window.downloadsPage.digests('film', all), urls);
}
