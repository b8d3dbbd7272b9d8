import { Buffer } from 'node:buffer';

import type { Browser, Page } from 'puppeteer-core';

import { expect, test as base } from '../contract/fixtures.js';
import type { MediaKeysPageOptions } from '../harness/media-keys.js';
import {
  BARE_FILM_TYPE,
  drmOfPageKeys,
  drmOfServer,
  fetchBareFilm,
  usableLines,
} from '../support/bare-film.js';
import { expectFirefoxPicture } from '../support/expect-firefox-picture.js';
import { launchFirefox, withFirefoxProfile } from '../support/firefox.js';

/** The page with a bare `<video>`, in a Firefox with its own Clear Key. */
const test = base.extend<{ tab: Page }, { browserOfFirefox: Browser }>({
  browserOfFirefox: [
    async ({ firefoxPath }, provide) => {
      await withFirefoxProfile(async (userDataDir) => {
        const firefox = await launchFirefox({ executablePath: firefoxPath, userDataDir });
        try {
          await provide(firefox.browser);
        } finally {
          await firefox.close();
        }
      });
    },
    { scope: 'worker' },
  ],
  tab: async ({ browserOfFirefox, site }, provide) => {
    const tab = await browserOfFirefox.newPage();
    await tab.goto(`${site.url}/harness/media-keys.html`);
    site.licenses.length = 0;
    await provide(tab);
    await tab.close();
  },
});

// A trace is Playwright's, of a browser that it drives.
test.use({ trace: 'off' });
test.describe.configure({ mode: 'default' });

const show = (page: Page, options: MediaKeysPageOptions) =>
  page.evaluate((given) => window.mediaKeysPage.show(given), options);

async function play(page: Page, film: Uint8Array): Promise<void> {
  await page.evaluate(
    async (base64, contentType) => {
      const bytes = Uint8Array.from(atob(base64), (character) => character.charCodeAt(0));
      await window.mediaKeysPage.playByMse(URL.createObjectURL(new Blob([bytes])), contentType);
    },
    Buffer.from(film).toString('base64'),
    BARE_FILM_TYPE,
  );
}

const shown = (page: Page) =>
  page.evaluate(() => {
    const list = document.querySelector<HTMLElement>('[data-testid="keys"]');
    return {
      status: list?.dataset['status'],
      keys: [...(list?.querySelectorAll('li') ?? [])].map((item) => item.textContent ?? ''),
    };
  });

test('an encrypted file plays in Firefox from keys that the page knows', async ({ tab, site }) => {
  await show(tab, { drm: await drmOfPageKeys(site) });
  await play(tab, await fetchBareFilm(site));

  await expectFirefoxPicture(tab, 360);
  const lines = await usableLines(site);
  await expect.poll(() => shown(tab)).toEqual({ status: 'ready', keys: expect.arrayContaining(lines) });
  expect(site.licenses).toEqual([]);
});

test('the same file plays in Firefox from a license server, by one request', async ({ tab, site }) => {
  await show(tab, { ...(await drmOfServer(site)), components: 2 });
  await play(tab, await fetchBareFilm(site));

  await expectFirefoxPicture(tab, 360);
  const lines = await usableLines(site);
  await expect.poll(() => shown(tab)).toEqual({ status: 'ready', keys: expect.arrayContaining(lines) });
  expect(site.licenses).toHaveLength(1);
});
