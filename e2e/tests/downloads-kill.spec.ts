import type { Page } from 'puppeteer-core';

import { expect, test } from '../contract/fixtures.js';
import { DownloadOrigin } from '../support/download-origin.js';
import { launchChromium, withProfile } from '../support/killable-chromium.js';

const KILLS = 20;
const SEGMENTS = 160;
/** Requests that the kit has under way at a time, at most: see `Transfer`. */
const CONCURRENCY = 24;

test.describe.configure({ timeout: 150_000 });

test('a browser that is killed twenty times fetches nothing again but what was under way', async ({
  launchOptions,
  site,
}) => {
  const origin = new DownloadOrigin({ segments: SEGMENTS, segmentBytes: 20_000 });
  await origin.open();
  const again: number[] = [];

  try {
    await withProfile(async (profile) => {
      for (let kill = 0; kill < KILLS; kill += 1) {
        const before = origin.answers.length;
        const known = new Set(origin.answers);
        const chromium = await launchChromium(profile, launchOptions);
        const enough = origin.answerOnly(momentOf(kill));
        await openPage(await chromium.browser.newPage(), site.url, origin);
        await enough;
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

      const kept = await page.evaluate(
        (urls) => window.downloadsPage.digests('film', urls),
        origin.paths().map((path) => origin.url(path)),
      );
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

/** After how many requests of its life a browser is killed: from 1 to 7, spread by a fixed rule (Knuth's multiplier). */
function momentOf(kill: number): number {
  return 1 + ((((kill + 1) * 2_654_435_761) % 2 ** 32) % 11);
}

async function openPage(page: Page, siteUrl: string, origin: DownloadOrigin): Promise<Page> {
  await page.goto(`${siteUrl}/harness/downloads.html`);
  await page.evaluate(
    (src) => window.downloadsPage.start({ src, type: 'dash', id: 'film' }),
    origin.manifestUrl,
  );
  return page;
}
