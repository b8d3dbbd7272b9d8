import { expect, type Locator, type Page } from '@playwright/test';

import { readPicture } from './picture.js';

/**
 * Waits until decrypted frames of a rendition are on the page's screen and advance, by their pixels. Returns the time
 * that they show, in seconds. A page with several players names the part of it that is meant.
 */
export async function expectPicture(
  page: Page | Locator,
  height: number | { atMost: number },
  timeout = 30_000,
): Promise<number> {
  const fits = (shown: number) => (typeof height === 'number' ? shown === height : shown <= height.atMost);
  let seconds = Number.NaN;

  await expect
    .poll(
      async () => {
        const reading = await readPicture(page);
        if ('unreadable' in reading) return reading.unreadable;
        if (!fits(reading.height)) return `shows ${reading.height}`;

        const before = seconds;
        seconds = reading.seconds;
        return seconds > before ? 'advances' : 'shows the first frame';
      },
      { timeout, intervals: [250] },
    )
    .toBe('advances');

  return seconds;
}
