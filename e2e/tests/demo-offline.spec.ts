import type { Page } from '@playwright/test';
import type { OfflineLicensesResponse } from '@secure-player/protocol';

import { expectPicture } from '../support/expect-picture.js';
import { expect, test as base } from '../support/fixtures.js';
import type { Site } from '../support/site.js';

// The shell of the site comes from its service worker; everywhere else tests do without.
const test = base.extend({});
test.use({ serviceWorkers: 'allow' });

const FILM = 'first-light';

async function signIn(page: Page, url: string): Promise<void> {
  await page.goto(`${url}/sign-in?from=/watch/${FILM}`);
  await page.getByRole('button', { name: 'Continue as Basic' }).click();
  await expect(page).toHaveURL(new RegExp(`/watch/${FILM}`));
}

async function download(page: Page): Promise<void> {
  const button = page.locator('[data-part="download-button"]');
  await button.getByRole('button', { name: /Download/ }).click();
  await page
    .getByRole('dialog')
    .getByRole('button', { name: /Download/ })
    .click();
  await expect(button).toHaveAttribute('data-status', 'complete', { timeout: 40_000 });
}

test('a film that was downloaded plays without a network, in a page opened anew', async ({
  context,
  page,
  site,
}) => {
  await signIn(page, site.url);
  await page.waitForFunction(() => navigator.serviceWorker.controller !== null);
  await download(page);

  await page.close();
  await context.setOffline(true);
  const offline = await context.newPage();
  const wire: string[] = [];
  // Attempts count, too: what is kept asks nobody. The shell's own files are the service worker's.
  offline.on('request', (request) => {
    const { protocol, pathname } = new URL(request.url());
    if (protocol !== 'blob:' && /^\/(?:v1|license|certificate|keys|media)\//.test(pathname))
      wire.push(pathname);
  });
  // A browser without a network says so from the start; to a page that Playwright opens offline it does not.
  await offline.addInitScript(() => Object.defineProperty(navigator, 'onLine', { get: () => false }));
  await offline.goto(`${site.url}/downloads`);

  await expect(offline.getByText('You are offline.')).toBeVisible();
  const item = offline.locator('[data-part="download"]');
  await expect(item).toHaveAttribute('data-status', 'complete');
  await item.getByRole('button', { name: /Play/ }).click();
  await expect(offline).toHaveURL(new RegExp(`/watch/${FILM}`));
  await expect(offline.locator('[data-secure-player]')).toHaveAttribute('data-status', 'ready');
  await offline.locator('video').evaluate((video: HTMLVideoElement) => {
    video.muted = true;
    return video.play();
  });
  await expectPicture(offline, { atMost: 360 });
  expect(wire).toEqual([]);

  await offline.goto(`${site.url}/watch/first-light-preview`);
  await expect(offline.getByRole('heading', { name: 'This film is not on this device' })).toBeVisible();
  await offline.goto(site.url);
  await expect(offline.getByRole('heading', { name: 'On this device' })).toBeVisible();
});

test('signing out asks what becomes of the downloads, and removes them', async ({ page, site }) => {
  await signIn(page, site.url);
  await download(page);
  await page.getByRole('button', { name: 'Sign out' }).click();
  await page.getByRole('dialog').getByRole('button', { name: 'Remove and sign out' }).click();

  await expect(page.getByRole('link', { name: 'Sign in' }).first()).toBeVisible();
  await page.getByRole('link', { name: 'Downloads', exact: true }).click();
  await expect(page.getByRole('link', { name: 'Find something to keep' })).toBeVisible();
});

/** What tests before this one left behind, whose pages are gone: their account is the same. */
async function takeAllBack(site: Site): Promise<void> {
  const headers = { authorization: `Bearer ${await site.logIn('basic')}` };
  const answer = await fetch(`${site.url}/v1/offline-licenses`, { headers });
  const { licenses } = (await answer.json()) as OfflineLicensesResponse;
  for (const { handle } of licenses) {
    await fetch(`${site.url}/v1/offline-licenses/${handle}`, { method: 'DELETE', headers });
  }
}

test('the account page lists devices and what they keep, and takes either away', async ({ page, site }) => {
  await takeAllBack(site);
  await signIn(page, site.url);
  await expect(page.locator('[data-secure-player]')).toHaveAttribute('data-status', 'ready');
  await page.getByRole('link', { name: 'Basic' }).click();
  const list = page.getByRole('region', { name: 'Your devices' });
  await expect(list.getByRole('button', { name: 'Remove Chrome on Linux' }).first()).toBeVisible();
  const known = await list.getByRole('button', { name: 'Remove Chrome on Linux' }).count();

  await page.goBack();
  await download(page);
  await page.getByRole('link', { name: 'Basic' }).click();
  const kept = list.getByRole('list', { name: 'Kept on Chrome on Linux' }).getByRole('listitem');
  await expect(kept).toContainText(/First Light.*Kept offline until/);
  await kept.getByRole('button', { name: 'Take back First Light from Chrome on Linux' }).click();
  await expect(list.getByRole('status')).toContainText('Taken back.');
  await expect(kept).toHaveCount(0);

  // Streaming here and keeping titles here is one device; the account may have others from before.
  const devices = list.getByRole('button', { name: 'Remove Chrome on Linux' });
  await expect(devices).toHaveCount(known);
  await devices.first().click();
  await expect(list.getByRole('status')).toContainText('Removed.');
  await expect(devices).toHaveCount(known - 1);

  // The device learns of it when the site is opened the next time.
  await page.goto(`${site.url}/downloads`);
  await expect(page.locator('[data-part="download"]')).toHaveAttribute('data-license', 'revoked');
});

test('the site can be installed', async ({ context, page, site }) => {
  await page.goto(site.url);
  await page.waitForFunction(() => navigator.serviceWorker.controller !== null);
  const devtools = await context.newCDPSession(page);
  const { errors, url, manifest } = await devtools.send('Page.getAppManifest');
  const { installabilityErrors } = await devtools.send('Page.getInstallabilityErrors');

  expect(errors).toEqual([]);
  expect(new URL(url).pathname).toBe('/site.webmanifest');
  expect(manifest).toMatchObject({ display: 'kStandalone' });
  // A window without a profile is never installed from; nothing else is amiss.
  expect(installabilityErrors.map(({ errorId }) => errorId).filter((id) => id !== 'in-incognito')).toEqual(
    [],
  );
});
