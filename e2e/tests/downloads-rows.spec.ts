import type { Page } from '@playwright/test';

import { FILM, sourceOf } from '../support/download-film.js';
import { expect, test } from '../support/fixtures.js';
import { playWithoutNetwork } from '../support/play-without-network.js';

/** What a browser without an origin private file system is like. Runs in pages and in workers. */
const WITHOUT_FILES = `
delete StorageManager.prototype.getDirectory;
delete globalThis.FileSystemFileHandle;
delete globalThis.FileSystemDirectoryHandle;
`;

test('where a site has no files of its own, titles are kept in the database, played from there, and freed', async ({
  page,
  site,
}) => {
  await page.addInitScript({ content: WITHOUT_FILES });
  // An init script is for documents: a worker's begins with it.
  await page.route(/\/assets\/main-[^/]+\.js$/, async (route) => {
    const answer = await route.fetch();
    await route.fulfill({ response: answer, body: WITHOUT_FILES + (await answer.text()) });
  });
  const token = await site.logIn('premium');
  await page.goto(`${site.url}/harness/downloads.html?token=${token}`);
  const source = await sourceOf(site, token, { keySystem: 'org.w3.clearkey', format: 'dash' });
  await page.evaluate((film) => window.downloadsPage.start(film, { maxHeight: 360 }), source);
  const download = await page.evaluate((id) => window.downloadsPage.settled(id), FILM);
  expect(download).toMatchObject({ status: 'complete' });
  expect(await storedBytes(page)).toBeGreaterThan(1_000_000);

  await playWithoutNetwork(page);

  await page.evaluate((id) => window.downloadsPage.downloads.remove(id), FILM);
  await expect
    .poll(() => page.evaluate(() => window.downloadsPage.downloads.getState().downloads.length))
    .toBe(0);
  expect(await storedBytes(page)).toBe(0);
});

/** Bytes in the rows of the index. */
function storedBytes(page: Page): Promise<number> {
  return page.evaluate(async () => {
    const resultOf = <Result>(request: IDBRequest<Result>) =>
      new Promise<Result>((resolve, reject) => {
        request.addEventListener('success', () => resolve(request.result));
        request.addEventListener('error', () => reject(request.error));
      });
    const database = await resultOf(indexedDB.open('secure-player-downloads'));
    const rows: { data: Uint8Array }[] = await resultOf(
      database.transaction('bytes').objectStore('bytes').getAll(),
    );
    database.close();

    return rows.reduce((sum, { data }) => sum + data.byteLength, 0);
  });
}
