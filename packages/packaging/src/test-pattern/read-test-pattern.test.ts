import { describe, expect, it } from 'vitest';
import { drawTestPattern } from './draw-test-pattern.js';
import { readTestPattern, type RgbaImage } from './read-test-pattern.js';
import { cellRectangle, cellsOf, TEST_PATTERN, type RenditionHeight } from './test-pattern.js';

const WIDTHS: Record<RenditionHeight, number> = { 234: 416, 360: 640, 720: 1280 };
const HEIGHTS = [234, 360, 720] as const;

describe('readTestPattern', () => {
  it.each(HEIGHTS)('reads rendition and time of a %ip picture', (height) => {
    for (const seconds of [0, 0.1, 0.3, 7.9, 31.4, 63.9, 409.5]) {
      expect(readTestPattern(picture(height, seconds))).toEqual({ height, seconds });
    }
  });

  it('shows a frame between two tenths as the earlier', () => {
    expect(readTestPattern(picture(720, 12.36))).toEqual({ height: 720, seconds: 12.3 });
  });

  it.each([
    [234, 1280],
    [234, 300],
    [360, 853],
    [720, 400],
    [720, 1917],
  ] as const)('reads a %ip picture shown %i pixels wide', (height, width) => {
    const shown = resize(picture(height, 42.7), width);
    expect(readTestPattern(shown)).toEqual({ height, seconds: 42.7 });
  });

  it.each(HEIGHTS)('reads a noisy, washed-out %ip picture', (height) => {
    const random = createRandom(height);
    const image = picture(height, 55.5);
    const data = image.data.map((value) => 30 + value * 0.75 + (random() - 0.5) * 70);
    expect(readTestPattern({ ...image, data })).toEqual({ height, seconds: 55.5 });
  });

  it('does not read what is too small to tell cells apart', () => {
    expect(readTestPattern(resize(picture(720, 5), 180))).toEqual({ unreadable: 'too-small' });
  });

  it('does not read a black picture, such as protected video on a canvas', () => {
    expect(readTestPattern(blank(640, 360, 0))).toEqual({ unreadable: 'no-strip' });
  });

  it('does not read random noise', () => {
    const random = createRandom(9);
    const image = blank(640, 360, 0);
    expect(readTestPattern({ ...image, data: image.data.map(() => random() * 255) })).toEqual({
      unreadable: 'no-strip',
    });
  });

  it('does not read a strip with one wrong cell', () => {
    const image = picture(720, 10);
    const cell = TEST_PATTERN.sync.length + 3;
    paint(image, cellRectangle(cell), cellsOf(10)[cell] === true ? 12 : 236);
    expect(readTestPattern(image)).toEqual({ unreadable: 'wrong-parity' });
  });

  it('does not guess a gray cell, as between two frames', () => {
    const image = picture(720, 10);
    paint(image, cellRectangle(TEST_PATTERN.sync.length + 5), 124);
    expect(readTestPattern(image)).toEqual({ unreadable: 'unclear-cell' });
  });

  it('does not name a rendition by a color that is none of theirs', () => {
    const image = picture(720, 10);
    paint(image, TEST_PATTERN.block, 128);
    expect(readTestPattern(image)).toEqual({ unreadable: 'unknown-color' });
  });
});

function picture(height: RenditionHeight, seconds: number): RgbaImage {
  const image = blank(WIDTHS[height], height, 90);
  drawTestPattern(image, height, seconds);
  return image;
}

function blank(width: number, height: number, level: number): RgbaImage {
  return { width, height, data: new Uint8ClampedArray(width * height * 4).fill(level) };
}

function paint(
  image: RgbaImage,
  area: { x: number; y: number; width: number; height: number },
  level: number,
): void {
  for (let y = 0; y < image.height; y += 1) {
    for (let x = 0; x < image.width; x += 1) {
      const insideX = x >= area.x * image.width && x < (area.x + area.width) * image.width;
      const insideY = y >= area.y * image.height && y < (area.y + area.height) * image.height;
      if (insideX && insideY)
        image.data.fill(level, (y * image.width + x) * 4, (y * image.width + x) * 4 + 3);
    }
  }
}

/** Bilinear, as browsers scale video. */
function resize(image: RgbaImage, width: number): RgbaImage {
  const height = Math.round((image.height * width) / image.width);
  const resized = blank(width, height, 255);
  for (let at = 0; at < resized.data.length; at += 1) {
    const pixel = Math.floor(at / 4);
    const x = (((pixel % width) + 0.5) * image.width) / width - 0.5;
    const y = ((Math.floor(pixel / width) + 0.5) * image.height) / height - 0.5;
    const level = (column: number, row: number): number => {
      const inX = Math.min(image.width - 1, Math.max(0, column));
      const inY = Math.min(image.height - 1, Math.max(0, row));
      return image.data[(inY * image.width + inX) * 4 + (at % 4)] ?? 0;
    };
    const [left, top] = [Math.floor(x), Math.floor(y)];
    const upper = level(left, top) * (1 - x + left) + level(left + 1, top) * (x - left);
    const lower = level(left, top + 1) * (1 - x + left) + level(left + 1, top + 1) * (x - left);
    resized.data[at] = upper * (1 - y + top) + lower * (y - top);
  }
  return resized;
}

function createRandom(seed: number): () => number {
  let state = seed;
  return () => {
    state = (Math.imul(state, 1664525) + 1013904223) >>> 0;
    return state / 2 ** 32;
  };
}
