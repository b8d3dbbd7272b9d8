import { CLEAR_HEIGHT, encryptByAes128, packageClearFilm } from '../support/clear-film.js';
import { expectPicture } from '../support/expect-picture.js';
import { filmRequests } from '../support/film-requests.js';
import { expect, test } from '../support/fixtures.js';

const ID = 'under-one-key';
const FOLDER = '/under-one-key/';

test('HLS under AES-128: downloaded as it is, played with no network by the key of the vault, and freed', async ({
  context,
  page,
  site,
}) => {
  const files = encryptByAes128(await packageClearFilm());
  site.faults.inject(new RegExp(`^${FOLDER}`), (request) => {
    const file = files[new URL(request.url).pathname.slice(FOLDER.length)];
    return file ? new Response(Uint8Array.from(file)) : new Response(null, { status: 404 });
  });
  await page.goto(`${site.url}/harness/downloads.html`);
  const source = { id: ID, src: `${site.url}${FOLDER}master.m3u8`, type: 'hls' } as const;
  await page.evaluate((film) => window.downloadsPage.start(film), source);
  expect(await page.evaluate((id) => window.downloadsPage.settled(id), ID)).toMatchObject({
    status: 'complete',
    license: { mode: 'vault', status: 'usable', keySystem: null },
  });

  // The player's code comes while there is a network.
  await page.evaluate((film) => window.downloadsPage.show(film), source);
  await expect(page.locator('[data-secure-player]')).toHaveAttribute('data-status', 'playing');
  await page.evaluate(() => window.downloadsPage.show(null));

  site.faults.clear();
  const requests = filmRequests(page);
  await context.setOffline(true);
  await page.evaluate((film) => window.downloadsPage.show(film), source);
  await expectPicture(page, CLEAR_HEIGHT);
  expect(requests).toEqual([]);

  await page.evaluate(() => window.downloadsPage.show(null));
  await page.evaluate((id) => window.downloadsPage.downloads.remove(id), ID);
  await expect
    .poll(() => page.evaluate(() => window.downloadsPage.downloads.getState().downloads.length))
    .toBe(0);
});
