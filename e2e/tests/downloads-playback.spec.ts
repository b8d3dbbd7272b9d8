import { playready, widevine } from '@secure-player/virtual-cdm';
import { addVirtualCdm } from '@secure-player/virtual-cdm/playwright';

import { FILM, keptStatuses, sourceOf } from '../support/download-film.js';
import { expect, test } from '../support/fixtures.js';
import { playWithoutNetwork } from '../support/play-without-network.js';

/** A browser's own Clear Key keeps no license here: the browser does. A virtual CDM keeps its own. */
const CASES = [
  { keySystem: 'org.w3.clearkey', module: null, format: 'dash', mode: 'vault' },
  { keySystem: 'org.w3.clearkey', module: null, format: 'hls', mode: 'vault' },
  { keySystem: 'com.widevine.alpha', module: widevine(), format: 'dash', mode: 'persistent' },
  { keySystem: 'com.microsoft.playready', module: playready(), format: 'hls', mode: 'persistent' },
] as const;

for (const { keySystem, module, format, mode } of CASES) {
  test(`${keySystem}, ${format}: downloaded, played with no network, renewed, and given back`, async ({
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

    const requests = await playWithoutNetwork(page);
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
