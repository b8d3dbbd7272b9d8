import { AxeBuilder } from '@axe-core/playwright';
import { toSource } from '@secure-player/react';
import type { Page } from '@playwright/test';

import { expect, test } from '../support/fixtures.js';
import type { Site } from '../support/site.js';

/** The film with its default controls, ready to be played by whoever presses play. */
async function open(page: Page, site: Site): Promise<void> {
  await page.goto(`${site.url}/harness/controls.html`);
  const token = await site.logIn('premium');
  const { source } = await site.openPlaybackSession({ token });
  await page.evaluate(([given, bearer]) => window.controlsHarness.show(given, bearer), [
    toSource(source),
    token,
  ] as const);
  await expect(page.locator('[data-secure-player]')).toHaveAttribute('data-status', 'ready');
}

const part = (page: Page, name: string) => page.locator(`[data-part="${name}"]`);
const currentTime = (page: Page) =>
  page.locator('video').evaluate((video: HTMLVideoElement) => video.currentTime);

test('plays at a click, and hides the controls while it plays', async ({ page, player, site }) => {
  await open(page, site);
  await part(page, 'center-play-button').click();

  await player.expectStatus('playing');
  await player.expectPicture({ atMost: 720 });
  await page.mouse.move(640, 200);
  await expect(player.root).toHaveAttribute('data-controls', 'hidden');
  await page.mouse.move(640, 220);
  await expect(player.root).toHaveAttribute('data-controls', 'visible');
});

test('steady playback renders nothing for ten seconds', async ({ page, player, site }) => {
  await open(page, site);
  await part(page, 'center-play-button').click();
  await player.expectPicture({ atMost: 720 });
  await page.evaluate(() => {
    const handle = window.controlsHarness.player();
    handle.selectQuality(handle.getState().quality?.id ?? null);
  });
  const from = await currentTime(page);
  await expect.poll(() => currentTime(page)).toBeGreaterThan(from + 2);
  await player.expectStatus('playing');
  const before = await page.evaluate(() => window.controlsHarness.commits());
  const start = await currentTime(page);
  await expect.poll(() => currentTime(page), { timeout: 40_000 }).toBeGreaterThan(start + 10);

  expect((await page.evaluate(() => window.controlsHarness.commits())) - before).toBe(0);
});

test('seeks by keyboard and by pointer, and shows a thumbnail on the way', async ({ page, player, site }) => {
  await open(page, site);
  const bar = part(page, 'seek-bar');
  await bar.focus();
  for (const _ of [1, 2]) await page.keyboard.press('PageDown');
  await page.keyboard.press('ArrowRight');
  await expect.poll(() => currentTime(page)).toBe(5);
  await expect(bar).toHaveAttribute('aria-valuetext', /^5 seconds of /);

  const box = await bar.boundingBox();
  if (!box) throw new Error('The seek bar is not shown.');
  await page.mouse.move(box.x + box.width / 2, box.y + box.height / 2);
  await expect(page.locator('.secure-player-thumbnail')).toBeVisible();
  await page.mouse.down();
  await page.mouse.up();
  const duration = await page.locator('video').evaluate((video: HTMLVideoElement) => video.duration);
  await expect.poll(() => currentTime(page)).toBeCloseTo(duration / 2, 0);

  await page.keyboard.press('k');
  expect(await player.expectPicture({ atMost: 720 })).toBeGreaterThanOrEqual(Math.floor(duration / 2) - 1);
});

test('the quality menu changes the rendition on screen', async ({ page, player, site }) => {
  await open(page, site);
  await part(page, 'center-play-button').click();
  await player.expectPicture({ atMost: 720 });

  for (const height of [234, 720]) {
    await part(page, 'settings-menu').click();
    await page.getByRole('menuitem', { name: /Quality/ }).click();
    await page.getByRole('menuitemradio', { name: new RegExp(`^${height}p`) }).click();
    await player.expectPicture(height);
  }
});

test('captions come on by menu, and go by key', async ({ page, site }) => {
  await open(page, site);
  await part(page, 'captions-menu').click();
  await page.keyboard.press('ArrowDown');
  await page.keyboard.press('Enter');
  const active = () =>
    page.evaluate(() =>
      window.controlsHarness
        .player()
        .getState()
        .textTracks.some((track) => track.active),
    );
  await expect.poll(active).toBe(true);
  await expect(part(page, 'captions-menu')).toBeFocused();

  await page.keyboard.press('c');
  await expect.poll(active).toBe(false);
});

test('fills the screen with its own controls, and comes back', async ({ page, player, site }) => {
  await open(page, site);
  const button = part(page, 'fullscreen-button');
  await button.click();
  await expect(player.root).toHaveJSProperty('clientHeight', 720);
  await expect(button).toHaveAttribute('data-active', '');
  expect(await page.evaluate(() => document.fullscreenElement?.hasAttribute('data-secure-player'))).toBe(
    true,
  );

  await page.keyboard.press('f');
  await expect.poll(() => page.evaluate(() => document.fullscreenElement)).toBeNull();
});

for (const width of [1280, 320]) {
  for (const theme of ['light', 'dark']) {
    test(`axe finds nothing at ${width} px on a ${theme} page, with a menu open too`, async ({
      page,
      site,
    }) => {
      await page.setViewportSize({ width, height: 720 });
      await open(page, site);
      await page.evaluate((name) => {
        document.body.dataset['theme'] = name;
      }, theme);
      const violations = async () => (await new AxeBuilder({ page }).analyze()).violations;

      expect(await violations()).toEqual([]);
      await part(page, 'settings-menu').click();
      await expect(page.getByRole('menu')).toBeVisible();
      expect(await violations()).toEqual([]);
    });
  }
}
