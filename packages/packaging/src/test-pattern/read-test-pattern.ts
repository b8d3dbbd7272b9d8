import {
  CELL_COUNT,
  cellRectangle,
  isOdd,
  TEST_PATTERN,
  type PictureRectangle,
  type RenditionHeight,
  type RgbColor,
} from './test-pattern.js';

/** A picture as canvas and PNG readers give it: four bytes a pixel, red first, rows from the top. */
export interface RgbaImage {
  readonly width: number;
  readonly height: number;
  readonly data: Uint8Array | Uint8ClampedArray;
}

/** Why a picture could not be read. A black, frozen or undecoded picture is `no-strip`. */
export type UnreadableReason = 'too-small' | 'no-strip' | 'unclear-cell' | 'wrong-parity' | 'unknown-color';

/** What a picture says about itself. */
export type TestPatternReading =
  | { readonly height: RenditionHeight; readonly seconds: number }
  | { readonly unreadable: UnreadableReason };

/** Below this width a cell has fewer than four pixels, and its neighbors bleed into all of them. */
const MINIMUM_WIDTH = 200;
const MINIMUM_CONTRAST = 80;
/** How far from the middle of black and white, as a share of their distance, a cell must be. */
const MINIMUM_CLARITY = 0.15;
const MAXIMUM_COLOR_DISTANCE = 75;

/**
 * Reads which rendition a picture of "First Light" belongs to and the time it shows. `image` is exactly the video's
 * picture area, at any size from 200 pixels' width, without letterbox bars or controls.
 */
export function readTestPattern(image: RgbaImage): TestPatternReading {
  if (image.width < MINIMUM_WIDTH) return { unreadable: 'too-small' };

  const levels = Array.from({ length: CELL_COUNT }, (_, index) => {
    const [red, green, blue] = averageColor(image, cellRectangle(index));
    return (red + green + blue) / 3;
  });
  const cells = readCells(levels);
  if ('unreadable' in cells) return cells;

  const height = nearestRendition(averageColor(image, TEST_PATTERN.block));
  return height === null
    ? { unreadable: 'unknown-color' }
    : { height, seconds: cells.ticks / TEST_PATTERN.ticksPerSecond };
}

/** Levels are judged against those of the cells whose color is known, so brightness and contrast do not matter. */
function readCells(levels: readonly number[]): { ticks: number } | { unreadable: UnreadableReason } {
  const { sync, end, timeBits } = TEST_PATTERN;
  const timeEnd = sync.length + timeBits;
  const known = [...sync, ...end];
  const knownLevels = [...levels.slice(0, sync.length), ...levels.slice(timeEnd + 1)];
  const white = Math.min(...knownLevels.filter((_, index) => known[index] === true));
  const black = Math.max(...knownLevels.filter((_, index) => known[index] === false));
  if (white - black < MINIMUM_CONTRAST) return { unreadable: 'no-strip' };

  const middle = (white + black) / 2;
  const unclear = (white - black) * MINIMUM_CLARITY;
  const read = levels.slice(sync.length, timeEnd + 1);
  if (read.some((level) => Math.abs(level - middle) < unclear)) {
    return { unreadable: 'unclear-cell' };
  }

  const bits = read.map((level) => level > middle);
  if (isOdd(bits)) return { unreadable: 'wrong-parity' };
  return { ticks: bits.slice(0, timeBits).reduce((ticks, bit) => ticks * 2 + Number(bit), 0) };
}

function nearestRendition(color: RgbColor): RenditionHeight | null {
  const heights = [234, 360, 720] as const;
  return (
    heights.find((height) => distance(color, TEST_PATTERN.colors[height]) < MAXIMUM_COLOR_DISTANCE) ?? null
  );
}

function distance(one: RgbColor, other: RgbColor): number {
  return Math.hypot(one[0] - other[0], one[1] - other[1], one[2] - other[2]);
}

/** Averages the inner half of a rectangle: its edges are blurred by scaling and by chroma subsampling. */
function averageColor(image: RgbaImage, { x, y, width, height }: PictureRectangle): RgbColor {
  const left = Math.round((x + width * 0.25) * image.width);
  const right = Math.max(left + 1, Math.round((x + width * 0.75) * image.width));
  const top = Math.round((y + height * 0.25) * image.height);
  const bottom = Math.max(top + 1, Math.round((y + height * 0.75) * image.height));
  const sum: [number, number, number] = [0, 0, 0];

  for (let row = top; row < bottom; row += 1) {
    for (let column = left; column < right; column += 1) {
      const at = (row * image.width + column) * 4;
      sum[0] += image.data[at] ?? 0;
      sum[1] += image.data[at + 1] ?? 0;
      sum[2] += image.data[at + 2] ?? 0;
    }
  }
  const pixels = (right - left) * (bottom - top);
  return [sum[0] / pixels, sum[1] / pixels, sum[2] / pixels];
}
