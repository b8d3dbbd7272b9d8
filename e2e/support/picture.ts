import { Buffer } from 'node:buffer';

import { readTestPattern, type TestPatternReading } from '@secure-player/packaging';
import type { Locator, Page } from '@playwright/test';
import { PNG } from 'pngjs';

/**
 * Reads rendition and time from what is on screen.
 *
 * A canvas that draws protected video reads black, so the only honest witness is a screenshot of the page.
 */
export async function readPicture(page: Page | Locator): Promise<TestPatternReading> {
  const video = page.locator('video');
  const ratio = await video.evaluate((element: HTMLVideoElement) => {
    // Controls lie over the lower edge of the picture, where the test pattern is: the browser's, and the kit's.
    element.controls = false;
    const controls = element.parentElement?.querySelector<HTMLElement>('[data-part="controls"]');
    if (controls) controls.style.visibility = 'hidden';
    return element.videoWidth / element.videoHeight;
  });
  const bytes = await video.screenshot({ animations: 'disabled' });
  await video.evaluate((element) => {
    const controls = element.parentElement?.querySelector<HTMLElement>('[data-part="controls"]');
    controls?.style.removeProperty('visibility');
  });

  return readScreenshot(bytes, ratio);
}

/** Reads a PNG of the element; `ratio` is that of the picture in it. */
export function readScreenshot(png: Uint8Array, ratio: number): TestPatternReading {
  const { width, height, data } = PNG.sync.read(Buffer.from(png));

  return readTestPattern(cropToRatio({ width, height, data }, ratio));
}

interface Image {
  readonly width: number;
  readonly height: number;
  readonly data: Uint8Array;
}

/** Takes the bars off that `object-fit: contain` leaves around a picture of another shape. */
function cropToRatio(image: Image, ratio: number): Image {
  const width = Math.min(image.width, Math.round(image.height * ratio));
  const height = Math.min(image.height, Math.round(image.width / ratio));
  const left = Math.floor((image.width - width) / 2);
  const top = Math.floor((image.height - height) / 2);
  const data = new Uint8Array(width * height * 4);

  for (let row = 0; row < height; row += 1) {
    const start = ((top + row) * image.width + left) * 4;
    data.set(image.data.subarray(start, start + width * 4), row * width * 4);
  }

  return { width, height, data };
}
