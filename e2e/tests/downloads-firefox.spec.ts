import type { Browser, Page } from 'puppeteer-core';

import { expect, test } from '../contract/fixtures.js';
import { FILM, sourceOf } from '../support/download-film.js';
import { expectFirefoxPicture } from '../support/expect-firefox-picture.js';
import { launchFirefox, withFirefoxProfile } from '../support/firefox.js';
import type { Site } from '../support/site.js';

// A trace is Playwright's, of a browser that it drives.
test.use({ trace: 'off' });

const CLEAR_KEY = { keySystem: 'org.w3.clearkey', format: 'dash' } as const;
/** Longer than any license of the film. */
const TWO_MONTHS = 60 * 24 * 3600 * 1000;

async function openPage(browser: Browser, site: Site, token: string, clockAhead = 0): Promise<Page> {
  const page = await browser.newPage();
  await page.goto(`${site.url}/harness/downloads.html?token=${token}&clock=${clockAhead}`);
  return page;
}

const licenseOf = (page: Page) =>
  page.evaluate(
    (id) => window.downloadsPage.downloads.getState().downloads.find((one) => one.id === id)?.license,
    FILM,
  );

test('Firefox plays a download after its process was killed, with no network, until its license ends', async ({
  firefoxPath,
  site,
}) => {
  const token = await site.logIn('premium');
  const source = await sourceOf(site, token, CLEAR_KEY);

  await withFirefoxProfile(async (userDataDir) => {
    const options = { executablePath: firefoxPath, userDataDir };
    const first = await launchFirefox(options);
    const before = await openPage(first.browser, site, token);
    await before.evaluate((film) => window.downloadsPage.start(film, { maxHeight: 360 }), source);
    expect(await before.evaluate((id) => window.downloadsPage.settled(id), FILM)).toMatchObject({
      status: 'complete',
      license: { mode: 'persistent', status: 'usable' },
    });
    await first.kill();

    // Everything but the page itself is gone. As far as Firefox knows there is a network: that the kit asks the server what
    // has become of the license is no request for the film.
    site.faults.inject(/^\/v1\//, () => new Response(null, { status: 503 }));
    const reached: string[] = [];
    site.faults.inject(/^\/(?!harness\/)/, ({ method, url }) => {
      reached.push(`${method} ${new URL(url).pathname}`);
      return new Response(null, { status: 503 });
    });
    const second = await launchFirefox(options);
    try {
      const page = await openPage(second.browser, site, token);
      await page.evaluate((id) => window.downloadsPage.showDownload(id), FILM);
      await expectFirefoxPicture(page, 360);
      await page.close();

      const late = await openPage(second.browser, site, token, TWO_MONTHS);
      await late.evaluate((id) => window.downloadsPage.showDownload(id), FILM);
      await late.waitForSelector('[data-error-code="offline-license-expired"]');
      expect(await licenseOf(late)).toMatchObject({ status: 'expired' });
      expect(reached).toEqual([]);
      await late.close();

      site.faults.clear();
      const renewed = await openPage(second.browser, site, token);
      await renewed.evaluate((id) => window.downloadsPage.downloads.renewLicense(id), FILM);
      expect(await licenseOf(renewed)).toMatchObject({ status: 'usable', mode: 'persistent' });
      await renewed.evaluate((id) => window.downloadsPage.showDownload(id), FILM);
      await expectFirefoxPicture(renewed, 360);
    } finally {
      site.faults.clear();
      await second.close();
    }
  });
});
