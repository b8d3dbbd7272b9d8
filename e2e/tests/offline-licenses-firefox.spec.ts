import type { Browser, Page } from 'puppeteer-core';

import { expect, test } from '../contract/fixtures.js';
import type { StartOptions } from '../harness/offline-licenses.js';
import { launchFirefox, withFirefoxProfile } from '../support/firefox.js';
import { listedStatuses, TITLE, titleOf } from '../support/offline-license-title.js';
import type { Site } from '../support/site.js';

// A trace is Playwright's, of a browser that it drives.
test.use({ trace: 'off' });

const CLEAR_KEY = 'org.w3.clearkey';

async function newPage(browser: Browser, site: Site, start: StartOptions): Promise<Page> {
  const page = await browser.newPage();
  await page.goto(`${site.url}/harness/offline-licenses.html`);
  await page.evaluate((options) => window.offlineLicenses.start(options), start);

  return page;
}

const load = (page: Page, sessionId: string) =>
  page.evaluate((name, id) => window.offlineLicenses.load(name, id), CLEAR_KEY, sessionId);

test('a license that Firefox stores outlives the end of its process, and is gone when it is removed', async ({
  firefoxPath,
  site,
}) => {
  const { title, start } = await titleOf(site, CLEAR_KEY, 'keyids');
  await withFirefoxProfile(async (userDataDir) => {
    const options = { executablePath: firefoxPath, userDataDir };
    const first = await launchFirefox(options);
    const before = await newPage(first.browser, site, start);
    expect(await before.evaluate((given) => window.offlineLicenses.acquire(given), title)).toBeNull();
    const sessionIds = await before.evaluate((id) => window.offlineLicenses.sessionIds(id), TITLE);
    expect(sessionIds).toHaveLength(1);
    await first.kill();

    const second = await launchFirefox(options);
    try {
      const page = await newPage(second.browser, site, start);
      expect(await page.evaluate((id) => window.offlineLicenses.get(id), TITLE)).toMatchObject({
        mode: 'persistent',
        status: 'usable',
      });
      const [sessionId = ''] = await page.evaluate((id) => window.offlineLicenses.sessionIds(id), TITLE);
      expect([sessionId]).toEqual(sessionIds);
      expect(await load(page, sessionId)).toEqual(['usable', 'usable']);

      await page.evaluate((id) => window.offlineLicenses.remove(id), TITLE);
      expect(await load(page, sessionId)).toBeNull();
      expect(await page.evaluate((id) => window.offlineLicenses.get(id), TITLE)).toBeNull();
      // Its module tells no server that anything was removed.
      expect((await listedStatuses(site, start.token))[0]).toBe('released');
    } finally {
      await second.close();
    }
  });
});
