import { toHex } from '@secure-player/protocol';
import type { BrowserContext, Page } from '@playwright/test';

import { expect, test } from '../support/key-system-test.js';
import { listedStatuses, TITLE, titleOf } from '../support/offline-license-title.js';
import type { Site } from '../support/site.js';
import type { StartOptions } from '../harness/offline-licenses.js';

const SYSTEMS = [
  ['com.widevine.alpha', 'widevine'],
  ['com.microsoft.playready', 'playready'],
] as const;

/** A page of the same browser, which knows of the one before only what that has stored. */
async function newPage(context: BrowserContext, site: Site, start: StartOptions): Promise<Page> {
  const page = await context.newPage();
  await page.goto(`${site.url}/harness/offline-licenses.html`);
  await page.evaluate((options) => window.offlineLicenses.start(options), start);

  return page;
}

const get = (page: Page) => page.evaluate((id) => window.offlineLicenses.get(id), TITLE);
const sessionIds = (page: Page) => page.evaluate((id) => window.offlineLicenses.sessionIds(id), TITLE);
const load = (page: Page, keySystem: string, sessionId: string) =>
  page.evaluate(([name, id]) => window.offlineLicenses.load(name, id), [keySystem, sessionId] as const);

for (const [keySystem, initData] of SYSTEMS) {
  test(`${keySystem} keeps a license across pages, renews it, and gives it back`, async ({
    context,
    site,
  }) => {
    const { title, start } = await titleOf(site, keySystem, initData);
    const before = (await listedStatuses(site, start.token)).length;
    const first = await newPage(context, site, start);
    expect(await first.evaluate((given) => window.offlineLicenses.acquire(given), title)).toBeNull();
    expect(await get(first)).toMatchObject({ mode: 'persistent', status: 'usable', keySystem });
    const [old = ''] = await sessionIds(first);
    await first.close();

    const page = await newPage(context, site, start);
    expect(await get(page)).toMatchObject({ mode: 'persistent', status: 'usable' });
    expect(new Set(await load(page, keySystem, old))).toEqual(new Set(['usable']));

    expect(await page.evaluate((given) => window.offlineLicenses.renew(given), title)).toBeNull();
    const [renewed = ''] = await sessionIds(page);
    expect(renewed).not.toBe(old);
    await expect.poll(() => page.evaluate(() => window.offlineLicenses.due())).toBe(0);
    expect(await load(page, keySystem, old)).toBeNull();
    const listed = await listedStatuses(site, start.token);
    expect(listed).toHaveLength(before + 1);
    expect(listed[0]).toBe('active');

    await page.evaluate((id) => window.offlineLicenses.remove(id), TITLE);
    expect(await load(page, keySystem, renewed)).toBeNull();
    expect((await listedStatuses(site, start.token))[0]).toBe('released');
  });
}

test('a license that cannot be given back yet is given back at the next contact', async ({
  context,
  site,
}) => {
  const [keySystem, initData] = SYSTEMS[0];
  const { title, start } = await titleOf(site, keySystem, initData);
  const first = await newPage(context, site, start);
  await first.evaluate((given) => window.offlineLicenses.acquire(given), title);
  const [sessionId = ''] = await sessionIds(first);
  const struck = site.faults.inject(/^\/license\//, () => new Response(null, { status: 503 }));
  await first.evaluate((id) => window.offlineLicenses.remove(id), TITLE);
  expect(struck()).toBeGreaterThan(0);
  expect(await get(first)).toBeNull();
  expect((await listedStatuses(site, start.token))[0]).toBe('active');
  await first.close();
  site.faults.clear();

  const page = await newPage(context, site, start);
  await page.evaluate(() => window.offlineLicenses.contact());
  expect(await load(page, keySystem, sessionId)).toBeNull();
  expect((await listedStatuses(site, start.token))[0]).toBe('released');
});

test.describe('in a browser whose Clear Key stores nothing', () => {
  test.use({ virtualCdm: undefined });

  test('the vault answers for it without a network, and keeps no key in clear', async ({ context, site }) => {
    const { title, start } = await titleOf(site, 'org.w3.clearkey', 'keyids');
    const first = await newPage(context, site, start);
    expect(await first.evaluate((given) => window.offlineLicenses.acquire(given), title)).toBeNull();
    expect(await get(first)).toMatchObject({ mode: 'vault', status: 'usable' });
    await first.close();

    const page = await newPage(context, site, start);
    site.licenses.length = 0;
    await context.setOffline(true);
    const statuses = await page.evaluate(([id, keyIds]) => window.offlineLicenses.unlock(id, keyIds), [
      TITLE,
      title.keyIds,
    ] as const);
    expect(statuses).toEqual(['usable', 'usable']);
    const stored = await page.evaluate(() => window.offlineLicenses.storedText());
    expect(stored).toContain(title.keyIds[0]);
    for (const group of ['AUDIO', 'SD'] as const) {
      const { key } = await site.contentKey(TITLE, group);
      expect(stored).not.toContain(toHex(key));
    }

    await context.setOffline(false);
    expect(site.licenses).toEqual([]);
    await page.evaluate((id) => window.offlineLicenses.remove(id), TITLE);
    expect((await listedStatuses(site, start.token))[0]).toBe('released');
  });
});
