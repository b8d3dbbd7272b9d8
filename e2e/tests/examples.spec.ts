import { expectPicture } from '../support/expect-picture.js';
import { expect, test as base } from '../support/fixtures.js';
import { startNextServer, type NextServer } from '../support/next-server.js';

/** The examples, installed from packed packages and built before: `npm run examples:build`. */
const test = base.extend<object, { next: NextServer }>({
  next: [
    async ({ site }, provide) => {
      const next = await startNextServer(site.url);
      await provide(next);
      await next.close();
    },
    { scope: 'worker' },
  ],
});

const PREVIEW = { atMost: 360 };

for (const version of ['18', '19']) {
  test(`the Vite example plays on React ${version}, as DASH and as HLS`, async ({ page, player, site }) => {
    await page.goto(`${site.url}/examples/vite-react-${version}/`);
    await player.expectStatus('ready');
    await player.pressPlay();
    await player.expectPicture(PREVIEW);
    await expect(page.locator('.playing-now')).toContainText('org.w3.clearkey · 2 keys');

    await page.getByRole('radio', { name: 'HLS' }).check();
    await expect(page.locator('.playing-now')).toBeHidden();
    await player.expectStatus('ready');
    await player.pressPlay();
    await player.expectPicture(PREVIEW);
  });

  test(`what React ${version} streams from plain Node is taken over without a mismatch, and plays`, async ({
    page,
    site,
  }) => {
    const url = `${site.url}/consumer/react-${version}/`;
    const html = await (await fetch(url)).text();
    // The shell holds the player; what was late comes after it.
    expect(html.indexOf('data-status="idle"')).toBeGreaterThan(0);
    expect(html.indexOf('class="secure-player late"')).toBeGreaterThan(html.indexOf('Waiting'));

    await page.goto(url);
    await expect(page.locator('.late video')).toHaveCount(1);
    await expectPicture(page.locator('.secure-player:not(.late)'), PREVIEW);
    expect(await page.evaluate(() => (window as unknown as { complaints: string[] }).complaints)).toEqual([]);
  });
}

test('the Next.js example streams the player into the page, takes it over, and plays', async ({
  page,
  player,
  next,
}) => {
  const problems: string[] = [];
  page.on('console', (message) => {
    if (message.type() === 'error') problems.push(message.text());
  });
  const html = await (await fetch(next.url)).text();
  expect(html.indexOf('aria-busy="true"')).toBeGreaterThan(0);
  expect(html.indexOf('data-status="idle"')).toBeGreaterThan(html.indexOf('aria-busy="true"'));

  await page.goto(next.url);
  await player.expectStatus('ready');
  await player.pressPlay();
  await player.expectPicture(PREVIEW);
  await expect(page.locator('.playing-now')).toContainText('org.w3.clearkey');
  expect(problems).toEqual([]);
});
