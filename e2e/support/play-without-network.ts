import type { Page } from '@playwright/test';

import { FILM } from './download-film.js';
import { expectPicture } from './expect-picture.js';
import { filmRequests } from './film-requests.js';
import { expect } from './fixtures.js';

/**
 * Plays the downloaded film of a page of downloads with the network cut, by its pixels, and asks servers for nothing. The
 * network is back after it. Returns what is asked from then on.
 */
export async function playWithoutNetwork(page: Page): Promise<readonly string[]> {
  // A page without a service worker has to have loaded the player while there was a network.
  // The server is told of the first play, while there is one.
  const told = page.waitForResponse(/\/plays$/);
  await page.evaluate((id) => window.downloadsPage.showDownload(id), FILM);
  await expect(page.locator('[data-secure-player]')).toHaveAttribute('data-status', 'playing');
  await told;
  await page.evaluate(() => window.downloadsPage.show(null));

  const requests = filmRequests(page);
  await page.context().setOffline(true);
  await page.evaluate((id) => window.downloadsPage.showDownload(id), FILM);
  await expectPicture(page, { atMost: 360 });
  expect(requests).toEqual([]);

  await page.evaluate(() => window.downloadsPage.show(null));
  await page.context().setOffline(false);
  return requests;
}
