import { playready, widevine } from '@secure-player/virtual-cdm';
import { addVirtualCdm } from '@secure-player/virtual-cdm/playwright';

import { FILM, keptStatuses, sourceOf } from '../support/download-film.js';
import { expectPicture } from '../support/expect-picture.js';
import { filmRequests } from '../support/film-requests.js';
import { expect, test } from '../support/fixtures.js';

/** A browser's own Clear Key keeps no license here: the browser does. A virtual CDM keeps its own. */
const CASES = [
  { keySystem: 'org.w3.clearkey', module: null, format: 'dash', mode: 'vault' },
  { keySystem: 'org.w3.clearkey', module: null, format: 'hls', mode: 'vault' },
  { keySystem: 'com.widevine.alpha', module: widevine(), format: 'dash', mode: 'persistent' },
  { keySystem: 'com.microsoft.playready', module: playready(), format: 'hls', mode: 'persistent' },
] as const;

for (const { keySystem, module, format, mode } of CASES) {
  test(`${keySystem}, ${format}: downloaded, played with no network, renewed, and given back`, async ({
    context,
    page,
    site,
  }) => {
    if (module) await addVirtualCdm(page, { systems: [module] });
    const token = await site.logIn('premium');
    await page.goto(`${site.url}/harness/downloads.html?token=${token}`);
    const source = await sourceOf(site, token, { keySystem, format });
    await page.evaluate((film) => window.downloadsPage.start(film, { maxHeight: 360 }), source);
    expect(await page.evaluate((id) => window.downloadsPage.settled(id), FILM)).toMatchObject({
      status: 'complete',
      license: { mode, status: 'usable', keySystem },
    });

    // A page without a service worker has to have loaded the player while there was a network.
    // The server is told of the first play, while there is one.
    const told = page.waitForResponse(/\/plays$/);
    await page.evaluate((id) => window.downloadsPage.showDownload(id), FILM);
    await expect(page.locator('[data-secure-player]')).toHaveAttribute('data-status', 'playing');
    await told;
    await page.evaluate(() => window.downloadsPage.show(null));
    const requests = filmRequests(page);
    await context.setOffline(true);
    await page.evaluate((id) => window.downloadsPage.showDownload(id), FILM);
    await expectPicture(page, { atMost: 360 });
    expect(requests).toEqual([]);

    await page.evaluate(() => window.downloadsPage.show(null));
    await context.setOffline(false);
    await page.evaluate((id) => window.downloadsPage.downloads.renewLicense(id), FILM);
    expect(requests.filter((path) => path.startsWith('/media/'))).toEqual([]);
    expect(requests.filter((path) => path.startsWith('/license/')).length).toBeGreaterThan(0);

    await page.evaluate((id) => window.downloadsPage.downloads.remove(id), FILM);
    await expect
      .poll(() => page.evaluate(() => window.downloadsPage.downloads.getState().downloads.length))
      .toBe(0);
    await expect.poll(async () => (await keptStatuses(site, token))[0]).toBe('released');
  });
}
