import { Buffer } from 'node:buffer';

import { readTestPattern, TEST_PATTERN, type TestPatternReading } from '@secure-player/packaging';
import type { Locator, Page } from '@playwright/test';
import { PNG } from 'pngjs';

/** A part of the viewport, in CSS pixels. */
interface Area {
  readonly x: number;
  readonly y: number;
  readonly width: number;
  readonly height: number;
}

/**
 * Reads rendition and time from what is on screen.
 *
 * A canvas that draws protected video reads black, so the only honest witness is a screenshot of the page. It is one of the
 * rows that hold the test pattern: to encode and decode a whole picture costs more than to play a second of film.
 */
export async function readPicture(page: Page | Locator): Promise<TestPatternReading> {
  const video = page.locator('video');
  await video.waitFor();
  const picture = await video.evaluate(uncoverPicture);
  const rows = rowsOfPattern(picture);
  const bytes = await video.page().screenshot({ clip: rows, animations: 'disabled' });
  await video.evaluate((element) => {
    const controls = element.parentElement?.querySelector<HTMLElement>('[data-part="controls"]');
    controls?.style.removeProperty('visibility');
  });

  return readTestPattern(withRows(picture, rows.y - picture.y, PNG.sync.read(bytes)));
}

/** Runs in the page. Tells where in the viewport the picture is, in whole pixels; where there is none yet, where it will be. */
function uncoverPicture(video: HTMLVideoElement): Area {
  // Controls lie over the lower edge of the picture, where the test pattern is: the browser's, and the kit's.
  video.controls = false;
  const controls = video.parentElement?.querySelector<HTMLElement>('[data-part="controls"]');
  if (controls) controls.style.visibility = 'hidden';
  // At once with the measuring: a video that has just got its size may have grown out of view.
  video.scrollIntoView({ block: 'nearest', inline: 'nearest', behavior: 'instant' });
  const box = video.getBoundingClientRect();
  const ratio = video.videoHeight > 0 ? video.videoWidth / video.videoHeight : box.width / box.height;
  const width = Math.round(Math.min(box.width, box.height * ratio));
  const height = Math.round(Math.min(box.height, box.width / ratio));
  const x = Math.round(box.x + (box.width - width) / 2);
  const y = Math.round(box.y + (box.height - height) / 2);
  // Whatever lies outside of it is missing in a screenshot, which would then read as no picture.
  if (x < 0 || y < 0 || x + width > window.innerWidth || y + height > window.innerHeight)
    throw new Error(`The picture (${x}, ${y}, ${width} × ${height}) is not within the viewport.`);

  return { x, y, width, height };
}

function rowsOfPattern({ x, y, width, height }: Area): Area {
  const { block, strip } = TEST_PATTERN;
  const top = Math.floor(height * Math.min(block.y, strip.y));
  const bottom = Math.ceil(height * Math.max(block.y + block.height, strip.y + strip.height));

  return { x, y: y + top, width, height: bottom - top };
}

/** A picture of which nothing but some rows is known. */
function withRows({ width, height }: Area, top: number, rows: PNG): Image {
  const data = new Uint8Array(width * height * 4);
  data.set(rows.data, top * width * 4);

  return { width, height, data };
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
