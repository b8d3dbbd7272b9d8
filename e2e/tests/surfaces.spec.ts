import { ENGLISH_MESSAGES, PlaybackError, type PlaybackErrorCode } from '@secure-player/react';
import type { Page } from '@playwright/test';

import { expect, test } from '../support/fixtures.js';

const { errors, recoveries } = ENGLISH_MESSAGES;
const CODES = Object.keys(errors) as PlaybackErrorCode[];

/** What the error surface says of each code, with every button that it may have. */
const TEXTS = CODES.map((code) => {
  const { recovery, retryable } = new PlaybackError(code);
  const labels = [...new Set([recoveries[recovery], ...(retryable ? [recoveries.retry] : [])])];
  return { code, ...errors[code], labels };
});

/** Gives the page's only player a width, in a page that keeps its own. */
async function setWidth(page: Page, width: number): Promise<void> {
  await page.locator('#root').evaluate((root, pixels) => {
    root.style.width = `${pixels}px`;
  }, width);
}

for (const width of [320, 640, 1280]) {
  test(`every error fits a player of ${width} px, down to its code`, async ({ page, player }) => {
    await setWidth(page, width);
    await player.show({ src: '/media/not-here/manifest.mpd' });
    await player.expectErrorCode('manifest-not-found');

    const cutOff = await page.getByRole('alert').evaluate((surface, texts) => {
      const part = (name: string) => {
        const found = surface.querySelector(`.secure-player-${name}`);
        if (!found) throw new Error(`The surface has no ${name}.`);
        return found;
      };
      const button = part('button');

      return texts.flatMap(({ code, title, text, labels }) => {
        part('surface-title').textContent = title;
        part('surface-text').textContent = text;
        part('surface-code').textContent = code;
        part('surface-actions').replaceChildren(
          ...labels.map((label) => {
            const copy = button.cloneNode() as Element;
            copy.textContent = label;
            return copy;
          }),
        );
        const { scrollHeight, clientHeight, scrollWidth, clientWidth } = surface;
        return scrollHeight > clientHeight || scrollWidth > clientWidth ? [code] : [];
      });
    }, TEXTS);

    expect(cutOff).toEqual([]);
  });
}

test('a notice takes two lines of a player of 320 px, and lies within it', async ({ page, player }) => {
  await setWidth(page, 320);
  // Not told of the plan's limits, the player finds out that there is no key for HD.
  await player.play('basic', { change: (source) => ({ ...source, caps: undefined }) });
  const notice = page.locator('[data-part="notice"]');
  await expect(notice).toBeVisible({ timeout: 20_000 });

  const lines = await notice
    .locator('span')
    .evaluate((text) => text.clientHeight / Number.parseFloat(getComputedStyle(text).lineHeight));
  expect(Math.round(lines)).toBe(2);
  expect(await notice.boundingBox()).toMatchObject({ x: 12, width: 296 });
});

test('type grows with the player, not with the page', async ({ page, player }) => {
  await player.show({ src: '/media/not-here/manifest.mpd' });
  await player.expectErrorCode('manifest-not-found');
  const sizeAt = async (width: number) => {
    await setWidth(page, width);
    return page
      .getByRole('alert')
      .evaluate((surface) => Number.parseFloat(getComputedStyle(surface).fontSize));
  };

  expect(await sizeAt(1280)).toBe(20);
  expect(await sizeAt(640)).toBeGreaterThanOrEqual(16);
  const small = await sizeAt(320);
  expect(small).toBeLessThan(14);
  await page.setViewportSize({ width: 320, height: 568 });
  expect(await sizeAt(320)).toBe(small);
});

for (const [name, style] of [
  ['flex row', 'display: flex'],
  ['flex column that centers', 'display: flex; flex-direction: column; align-items: center'],
  ['grid that centers', 'display: grid; place-items: center'],
] as const) {
  test(`fills a ${name}`, async ({ page, player }) => {
    await page.locator('#root').evaluate((root, css) => root.setAttribute('style', css), style);
    await player.show(null);

    expect(await player.root.boundingBox()).toEqual({ x: 0, y: 0, width: 1280, height: 720 });
  });
}

test('is as wide as a bare video where the parent is as wide as its children', async ({ page, player }) => {
  await page.locator('#root').evaluate((root) => root.setAttribute('style', 'display: inline-block'));
  await player.show(null);

  expect(await player.root.boundingBox()).toMatchObject({ width: 300, height: 168.75 });
});

test('is as wide as the page’s own rules say', async ({ page, player }) => {
  await page.addStyleTag({ content: '.secure-player { width: 50% }' });
  await player.show(null);

  expect(await player.root.boundingBox()).toMatchObject({ width: 640, height: 360 });
});

test('an error ends fullscreen, where the browser shows nothing but the picture', async ({
  page,
  player,
}) => {
  await player.play('premium');
  await player.expectPicture({ atMost: 720 });
  await page.mouse.click(640, 360);
  await page.locator('video').evaluate((video: HTMLVideoElement) => video.requestFullscreen());
  await player.show({ src: '/media/not-here/manifest.mpd' });
  await player.expectErrorCode('manifest-not-found');

  await expect.poll(() => page.evaluate(() => document.fullscreenElement)).toBeNull();
  await expect(page.getByRole('alert')).toBeVisible();
});

test('after a retry by keyboard, focus is on the player', async ({ page, player }) => {
  await player.show({ src: '/media/not-here/manifest.mpd' });
  await player.expectErrorCode('manifest-not-found');
  let release = () => {};
  const held = new Promise<void>((resolve) => {
    release = resolve;
  });
  await page.route('**/media/not-here/**', async (route) => {
    await held;
    await route.continue();
  });
  await page.keyboard.press('Tab');
  await expect(page.getByRole('button', { name: 'Try again' })).toBeFocused();
  await page.keyboard.press('Enter');

  await expect(player.root).toBeFocused();
  release();
});
