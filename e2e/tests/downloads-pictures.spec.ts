import type { Page } from '@playwright/test';

import { FILM, sourceOf } from '../support/download-film.js';
import { expectPicture } from '../support/expect-picture.js';
import { filmRequests } from '../support/film-requests.js';
import { expect, test } from '../support/fixtures.js';

test('a page’s own source of a title that is here has its poster and its thumbnails from here too', async ({
  context,
  page,
  site,
}) => {
  const token = await site.logIn('premium');
  await page.goto(`${site.url}/harness/downloads.html?token=${token}`);
  const source = await sourceOf(site, token, { keySystem: 'org.w3.clearkey', format: 'dash' });
  expect(source).toMatchObject({ poster: expect.any(String), thumbnails: expect.any(String) });
  await page.evaluate((film) => window.downloadsPage.start(film, { maxHeight: 360 }), source);
  await page.evaluate((id) => window.downloadsPage.settled(id), FILM);

  const requests = filmRequests(page);
  const show = () => page.evaluate((own) => window.downloadsPage.show(own, { controls: true }), source);
  // With a network, where nothing would be in the way of asking it; the first play is told to the server.
  const told = page.waitForResponse(/\/plays$/);
  await show();
  await expectPicture(page, { atMost: 360 });
  await told;
  await expectPictures(page);
  expect(requests.filter((path) => !path.endsWith('/plays'))).toEqual([]);
  await page.evaluate(() => window.downloadsPage.show(null));

  const before = requests.length;
  await context.setOffline(true);
  await show();
  await expectPictures(page);
  expect(requests.slice(before)).toEqual([]);
});

/** Both are there, and can be decoded. */
async function expectPictures(page: Page): Promise<void> {
  const poster = page.locator('video');
  await expect(poster).toHaveAttribute('poster', /^blob:/);
  const width = await poster.evaluate(async (video: HTMLVideoElement) => {
    const image = new Image();
    image.src = video.poster;
    await image.decode();
    return image.naturalWidth;
  });
  expect(width).toBeGreaterThan(0);

  await page.locator('[data-part="seek-bar"]').hover();
  await expect(page.locator('.secure-player-thumbnail')).toBeVisible();
}
