/** Part of a picture, as fractions of its width and height. */
export interface PictureRectangle {
  readonly x: number;
  readonly y: number;
  readonly width: number;
  readonly height: number;
}

/** The heights of the mezzanine's video renditions. */
export type RenditionHeight = 234 | 360 | 720;

/** Red, green and blue, 0 to 255. */
export type RgbColor = readonly [red: number, green: number, blue: number];

/**
 * What is drawn over the film so that a test can tell from a screenshot which rendition is on screen and how far it is:
 * a block of the rendition's own color, and a row of black and white cells that spell the time.
 *
 * The cells, from left to right: `sync` (white, black, white, white), the time in tenths of a second with the most
 * significant bit first, one cell that makes the number of white time cells even, and `end` (black, white).
 */
export const TEST_PATTERN = {
  block: { x: 0.02, y: 0.87, width: 0.1, height: 0.09 },
  colors: { 234: [226, 82, 52], 360: [38, 166, 104], 720: [46, 104, 222] },
  strip: { x: 0.62, y: 0.885, width: 0.36, height: 0.06 },
  sync: [true, false, true, true],
  timeBits: 12,
  end: [false, true],
  /** Cells a second, that is, how finely the strip tells the time. */
  ticksPerSecond: 10,
} as const satisfies TestPattern;

interface TestPattern {
  block: PictureRectangle;
  colors: Record<RenditionHeight, RgbColor>;
  strip: PictureRectangle;
  sync: readonly boolean[];
  timeBits: number;
  end: readonly boolean[];
  ticksPerSecond: number;
}

/** How many cells the strip has. */
export const CELL_COUNT = TEST_PATTERN.sync.length + TEST_PATTERN.timeBits + 1 + TEST_PATTERN.end.length;

/** The cells that spell `seconds`, white as `true`, from left to right. */
export function cellsOf(seconds: number): boolean[] {
  // The epsilon keeps a frame whose time is 0.30000000000000004 or 0.2999999 on its own tick.
  const ticks = Math.floor(seconds * TEST_PATTERN.ticksPerSecond + 1e-6);
  const time = Array.from(
    { length: TEST_PATTERN.timeBits },
    (_, index) => ((ticks >> (TEST_PATTERN.timeBits - 1 - index)) & 1) === 1,
  );

  return [...TEST_PATTERN.sync, ...time, isOdd(time), ...TEST_PATTERN.end];
}

/** Where cell `index` lies in the picture. */
export function cellRectangle(index: number): PictureRectangle {
  const { strip } = TEST_PATTERN;
  const width = strip.width / CELL_COUNT;
  return { x: strip.x + index * width, y: strip.y, width, height: strip.height };
}

/** Whether an odd number of cells is white. */
export function isOdd(cells: readonly boolean[]): boolean {
  return cells.filter(Boolean).length % 2 === 1;
}
