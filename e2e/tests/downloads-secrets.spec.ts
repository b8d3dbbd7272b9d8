import { Buffer } from 'node:buffer';
import { readdir, readFile } from 'node:fs/promises';
import { join } from 'node:path';

import { toHex } from '@secure-player/protocol';
import type { BrowserContext } from '@playwright/test';

import { FILM, sourceOf } from '../support/download-film.js';
import { expectPicture } from '../support/expect-picture.js';
import { silence } from '../support/faults.js';
import { expect, test } from '../support/fixtures.js';
import { withProfile } from '../support/killable-chromium.js';

const HEADER = 'a-header-that-carries-a-credential';
const TITLE = 'a-title-that-is-no-secret';

test('keys and headers that a page gives are on the disk in no spelling, and the keys play after a reload', async ({
  playwright,
  launchOptions,
  site,
}) => {
  const token = await site.logIn('premium');
  const given = await Promise.all((['AUDIO', 'SD'] as const).map((group) => site.contentKey(FILM, group)));
  const keys = Object.fromEntries(given.map(({ keyId, key }) => [keyId, toHex(key)]));
  const source = await sourceOf(site, token, { keySystem: 'com.widevine.alpha', format: 'dash' });
  const { 'com.widevine.alpha': widevine } = source.drm ?? {};
  if (!widevine) throw new Error('The film has no Widevine.');
  const film = {
    ...source,
    title: TITLE,
    drm: {
      'org.w3.clearkey': { keys },
      'com.widevine.alpha': { ...widevine, headers: { 'x-credential': HEADER } },
    },
  };

  await withProfile(async (profile) => {
    const context = await playwright.chromium.launchPersistentContext(profile, launchOptions);
    await downloadAcrossReload(context, `${site.url}/harness/downloads.html`, film);
    // What is still in memory is written as the browser ends.
    await context.close();

    const stored = await readStored(profile);
    expect(stored.includes(TITLE), 'what is kept can be found').toBe(true);
    for (const { key } of given) {
      const bytes = Buffer.from(key);
      expect(stored.includes(bytes), 'a key').toBe(false);
      for (const spelling of ['hex', 'base64', 'base64url'] as const) {
        expect(stored.includes(bytes.toString(spelling).replaceAll('=', '')), spelling).toBe(false);
      }
    }
    for (const secret of [HEADER, 'x-credential']) expect(stored.includes(secret), secret).toBe(false);
  });

  /** The page that gave the keys is gone before a license is there, and the next one knows of none. */
  async function downloadAcrossReload(browser: BrowserContext, url: string, wanted: typeof film) {
    const page = await browser.newPage();
    const struck = site.faults.inject(/\.mpd$/, silence, 1);
    await page.goto(url);
    await page.evaluate((one) => window.downloadsPage.start(one, { maxHeight: 360 }), wanted);
    await expect.poll(struck).toBe(1);
    await page.reload();
    expect(await page.evaluate((id) => window.downloadsPage.settled(id), FILM)).toMatchObject({
      status: 'complete',
      license: { mode: 'vault', status: 'usable', keySystem: 'org.w3.clearkey' },
    });

    await page.evaluate((id) => window.downloadsPage.showDownload(id), FILM);
    await expectPicture(page, { atMost: 360 });
  }
});

/** All bytes that sites have stored in a profile. */
async function readStored(profile: string): Promise<Buffer> {
  const folders = ['IndexedDB', 'File System', 'Local Storage', 'Session Storage', 'Service Worker'];
  const listed = await readdir(profile, { recursive: true, withFileTypes: true });
  const files = listed
    .filter((entry) => entry.isFile() && folders.some((folder) => entry.parentPath.includes(folder)))
    .map((entry) => readFile(join(entry.parentPath, entry.name)));

  return Buffer.concat(await Promise.all(files));
}
