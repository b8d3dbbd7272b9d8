import type { Page } from '@playwright/test';

import type { RightsOptions } from '../harness/rights.js';
import { expectPicture } from '../support/expect-picture.js';
import { expect, test } from '../support/fixtures.js';
import type { Site } from '../support/site.js';

const PREVIEW = 'first-light-preview';

/** The page of `harness/rights.tsx`, and the addresses that it asks. */
async function openRights(page: Page, site: Site) {
  const paths: string[] = [];
  page.on('request', (request) => paths.push(new URL(request.url()).pathname));
  await page.goto(`${site.url}/harness/rights.html`);

  return {
    show: (options: RightsOptions) => page.evaluate((how) => window.rights.show(how), options),
    prefetch: () => page.evaluate(() => window.rights.prefetch()),
    entitlement: page.getByTestId('entitlement'),
    count: (pattern: RegExp) => paths.filter((path) => pattern.test(path)).length,
  };
}

test('an entitlement plays as it is, and takes no session', async ({ page, site }) => {
  const rights = await openRights(page, site);
  const token = await site.logIn('basic');
  await rights.show({ contentId: 'first-light', account: 'basic', token, plays: true });

  await expect(rights.entitlement).toHaveText('basic');
  await expectPicture(page, { atMost: 360 });
  expect(rights.count(/^\/v1\/entitlements\//)).toBe(1);
  expect(rights.count(/^\/v1\/playback-sessions/)).toBe(0);
});

test('a refusal is asked for once, and is another account’s no more', async ({ page, site }) => {
  const rights = await openRights(page, site);
  await rights.show({ contentId: 'first-light', account: 'expired', token: await site.logIn('expired') });
  await expect(rights.entitlement).toHaveText('subscription-expired');
  expect(rights.count(/^\/v1\/entitlements\//)).toBe(1);

  await rights.show({ contentId: 'first-light', account: 'premium', token: await site.logIn('premium') });
  await expect(rights.entitlement).toHaveText('premium');
  expect(rights.count(/^\/v1\/entitlements\//)).toBe(2);
});

test('the account sees what it plays, and on what', async ({ page, site }) => {
  const rights = await openRights(page, site);
  const token = await site.logIn('premium');
  await site.openPlaybackSession({ token, contentId: 'first-light' });
  await rights.show({ contentId: 'first-light', account: 'premium', token });

  await expect(page.getByTestId('streams')).toContainText('first-light: ');
});

test('what was fetched ahead is not asked for again, and no license is among it', async ({ page, site }) => {
  const rights = await openRights(page, site);
  await rights.show({ contentId: PREVIEW, account: null, token: null });
  await expect(rights.entitlement).toHaveText('free');
  const manifest = page.waitForResponse(/\.mpd$/);
  await rights.prefetch();
  await (await manifest).finished();
  await expect.poll(() => rights.count(/shaka-player.*\.js$/)).toBe(1);
  expect(rights.count(/^\/license\/|\.m4s$|\.mp4$/)).toBe(0);

  await rights.show({ contentId: PREVIEW, account: null, token: null, plays: true });
  await expectPicture(page, { atMost: 720 });
  expect(rights.count(/\.mpd$/)).toBe(1);
  expect(rights.count(/shaka-player.*\.js$/)).toBe(1);
  expect(rights.count(/^\/license\//)).toBe(1);
});
