import { startDevServer, type DevServer } from '../support/dev-server.js';
import { expectPicture } from '../support/expect-picture.js';
import { expect, test as base } from '../support/fixtures.js';
import { countPlatform } from '../support/platform-counts.js';

const test = base.extend<{ dev: DevServer }>({
  dev: async ({ site }, provide) => {
    const dev = await startDevServer(site.url);
    await provide(dev);
    await dev.close();
  },
});

const ANY = { atMost: 720 };

test('an edit of the page keeps the film going, in the same engine and under the same license', async ({
  page,
  dev,
  site,
}) => {
  await countPlatform(page);
  await page.goto(dev.url);
  await expectPicture(page, ANY);
  const video = await page.locator('video').elementHandle();
  // Vite loads a page again where it finds a dependency late; what counts is the page that plays.
  site.licenses.length = 0;

  await dev.edit('film-page.tsx', 'Before the edit', 'After the edit');
  await expect(page.getByRole('heading')).toHaveText('After the edit');

  await expectPicture(page, ANY);
  expect(await video?.evaluate((element) => element.isConnected)).toBe(true);
  expect(await page.evaluate(() => window.platformCounts.attachedSources())).toBe(1);
  expect(site.licenses).toEqual([]);
});
