import type { Page } from 'puppeteer-core';

import { expect, test } from '../contract/fixtures.js';
import { DownloadOrigin } from '../support/download-origin.js';
import { launchChromium, withProfile } from '../support/killable-chromium.js';

const KILLS = 20;
const SEGMENTS = 160;
/** Requests that the kit has under way at a time, at most: see `Transfer`. */
const CONCURRENCY = 24;

/** Answers that are out, and that nobody waits for to be kept, when a browser is killed. */
const UNDER_WAY = 3;

test.describe.configure({ timeout: 300_000 });

test('a browser that is killed twenty times fetches nothing again but what was under way', async ({
  launchOptions,
  site,
}) => {
  const origin = new DownloadOrigin({ segments: SEGMENTS, segmentBytes: 20_000 });
  await origin.open();
  const again: number[] = [];
  const urls = origin.paths().map((path) => origin.url(path));

  try {
    await withProfile(async (profile) => {
      for (let kill = 0; kill < KILLS; kill += 1) {
        const before = origin.answers.length;
        const known = new Set(origin.answers);
        const chromium = await launchChromium(profile, launchOptions);
        const more = momentOf(kill);
        await origin.answerOnly(0);
        const page = await openPage(await chromium.browser.newPage(), site.url, origin);
        const kept = (count: number) =>
          page.evaluate((all, wanted) => window.downloadsPage.kept(all, wanted), urls, count);
        const atFirst = (await kept(0)).length;
        void origin.answerOnly(more);
        // The last ones are on their way: from the server, in the browser, or half written.
        await kept(atFirst + Math.max(1, more - UNDER_WAY));
        await chromium.kill();
        again.push(origin.answers.slice(before).filter((path) => known.has(path)).length);
      }

      origin.answerAll();
      const before = origin.answers.length;
      const known = new Set(origin.answers);
      const chromium = await launchChromium(profile, launchOptions);
      const page = await openPage(await chromium.browser.newPage(), site.url, origin);
      expect(await page.evaluate(() => window.downloadsPage.settled('film'))).toMatchObject({
        status: 'complete',
      });
      again.push(origin.answers.slice(before).filter((path) => known.has(path)).length);

      const kept = await page.evaluate((all) => window.downloadsPage.digests('film', all), urls);
      expect(kept).toEqual(origin.paths().map((path) => origin.digest(path)));
      await chromium.kill();
    });
  } finally {
    await origin.close();
  }

  const description = again.slice(1).join(', ');
  test.info().annotations.push({ type: 'segments fetched again after each kill', description });
  for (const count of again) expect(count).toBeLessThanOrEqual(CONCURRENCY);
});

/** How many answers a browser gets before it is killed: from 2 to 8, spread by a fixed rule (Knuth's multiplier). */
function momentOf(kill: number): number {
  return 2 + ((((kill + 1) * 2_654_435_761) % 2 ** 32) % 7);
}

async function openPage(page: Page, siteUrl: string, origin: DownloadOrigin): Promise<Page> {
  await page.goto(`${siteUrl}/harness/downloads.html`);
  await page.evaluate(
    (src) => window.downloadsPage.start({ src, type: 'dash', id: 'film' }),
    origin.manifestUrl,
  );
  return page;
}
