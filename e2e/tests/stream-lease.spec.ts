import { toSource } from '@secure-player/react';
import type { Browser, BrowserContextOptions, Page } from '@playwright/test';

import { expectPicture } from '../support/expect-picture.js';
import { expect, test as base } from '../support/fixtures.js';
import { openSite, type Site } from '../support/site.js';

const HEARTBEAT_SECONDS = 1;
const SD = { atMost: 360 };
const FIREFOX = 'Mozilla/5.0 (Windows NT 10.0; Win64; x64; rv:140.0) Gecko/20100101 Firefox/140.0';

/** A site of its own: accounts play on one device at a time, and devices report every second. */
const test = base.extend<object, { site: Site }>({
  site: [
    // Playwright wants the first argument destructured, also where nothing is taken from it.
    // oxlint-disable-next-line no-empty-pattern
    async ({}, provide) => {
      const site = await openSite({
        plans: { basic: { streams: { limit: 1 } } },
        heartbeatSeconds: HEARTBEAT_SECONDS,
      });
      await provide(site);
      await site.close();
    },
    { scope: 'worker' },
  ],
});

/** A device of the viewer's, signed in on the demo's site. */
async function openDevice(browser: Browser, site: Site, options: BrowserContextOptions = {}): Promise<Page> {
  const context = await browser.newContext({ viewport: { width: 1280, height: 720 }, ...options });
  const page = await context.newPage();
  await page.goto(`${site.url}/sign-in?from=${encodeURIComponent('/watch/first-light')}`);
  await page.getByRole('button', { name: 'Continue as Basic' }).click();
  await expect(page).toHaveURL(/\/watch\/first-light$/);

  return page;
}

const player = (page: Page) => page.locator('[data-secure-player]');
const timeOf = (page: Page) => page.locator('video').evaluate((video: HTMLVideoElement) => video.currentTime);

async function play(page: Page): Promise<void> {
  await expect(player(page)).toHaveAttribute('data-status', 'ready');
  await page.locator('video').evaluate((video: HTMLVideoElement) => {
    video.muted = true;
    return video.play();
  });
  await expectPicture(page, SD);
}

test('a second device is refused, takes over, and the first takes it back where it was', async ({
  browser,
  site,
}) => {
  const first = await openDevice(browser, site);
  await play(first);
  const second = await openDevice(browser, site, { userAgent: FIREFOX });
  const refusal = second.getByRole('alert', { name: 'Too many devices are playing' });
  await expect(refusal.getByRole('listitem')).toContainText('Chrome on Linux');
  await expect(refusal.getByRole('listitem')).toContainText('first-light');

  await refusal.getByRole('button', { name: 'Play here instead' }).click();
  await play(second);
  const takenOver = first.getByRole('alert', { name: 'Playing on another device' });
  await expect(takenOver).toContainText('Firefox on Windows has taken over');
  const stoppedAt = await timeOf(first);

  site.licenses.length = 0;
  await takenOver.getByRole('button', { name: 'Play here instead' }).click();
  expect(await expectPicture(first, SD)).toBeGreaterThan(stoppedAt - 1);
  expect((await timeOf(first)) - stoppedAt).toBeLessThan(10);
  expect(site.licenses).toEqual([]);
  await expect(second.getByRole('alert', { name: 'Playing on another device' })).toContainText(
    'Chrome on Linux has taken over',
  );

  await Promise.all([first, second].map((page) => page.context().close()));
});

test('the account page lists what plays and stops it, and a page that is closed plays no more', async ({
  browser,
  site,
}) => {
  const first = await openDevice(browser, site);
  await play(first);
  const second = await openDevice(browser, site, { userAgent: FIREFOX });
  await second.getByRole('link', { name: 'Basic' }).click();
  const list = second.getByRole('region', { name: 'Playing now' });
  await list.getByRole('button', { name: 'Stop Chrome on Linux' }).click();
  await expect(list).toContainText('None of your devices plays.');

  const stopped = first.getByRole('alert', { name: 'Playing on another device' });
  await stopped.getByRole('button', { name: 'Play here instead' }).click();
  await expectPicture(first, SD);
  await list.getByRole('button', { name: 'Look again' }).click();
  await expect(list.getByRole('listitem')).toContainText('Chrome on Linux');

  await first.close({ runBeforeUnload: true });
  await expect
    .poll(async () => {
      await list.getByRole('button', { name: 'Look again' }).click();
      return list.getByRole('status').textContent();
    })
    .toBe('None of your devices plays.');

  await Promise.all([first, second].map((page) => page.context().close()));
});

test('a hidden film gives its stream back, and plays on with the license that it has when it is shown', async ({
  page,
  site,
}) => {
  await page.goto(`${site.url}/harness/lifecycle.html`);
  const token = await site.logIn('basic');
  const { source } = await site.openPlaybackSession({ token });
  const show = (mode: 'visible' | 'hidden') =>
    page.evaluate(
      ([film, how, bearer]) => window.lifecycle.render({ sources: { film }, mode: how, token: bearer }),
      [toSource(source), mode, token] as const,
    );
  const streams = async () => {
    const answer = await fetch(`${site.url}/v1/streams`, { headers: { authorization: `Bearer ${token}` } });
    return ((await answer.json()) as { streams: object[] }).streams.length;
  };
  await show('visible');
  await expectPicture(page, SD);
  await expect.poll(streams).toBe(1);

  site.licenses.length = 0;
  await show('hidden');
  await expect.poll(streams).toBe(0);
  const other = await site.openPlaybackSession({ token });
  await fetch(`${site.url}/v1/playback-sessions/${other.id}`, {
    method: 'DELETE',
    headers: { authorization: `Bearer ${token}` },
  });

  await show('visible');
  await expectPicture(page, SD);
  await expect.poll(streams).toBe(1);
  expect(site.licenses).toEqual([]);
});
