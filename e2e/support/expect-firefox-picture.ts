import { expect } from '@playwright/test';
import type { Page } from 'puppeteer-core';

import { readScreenshot } from './picture.js';

/** Waits until decrypted frames of a rendition are on the screen of a Firefox and advance, by their pixels. */
export async function expectFirefoxPicture(page: Page, height: number): Promise<void> {
  const video = await page.waitForSelector('video');
  if (!video) throw new Error('The page has no video.');

  let last = Number.POSITIVE_INFINITY;
  await expect
    .poll(async () => {
      const reading = readScreenshot(await video.screenshot(), 16 / 9);
      if ('unreadable' in reading) return reading.unreadable;

      const advances = reading.seconds > last;
      last = reading.seconds;
      return advances ? reading.height : 'shows one frame';
    })
    .toBe(height);
}
