import type { RgbaImage } from './read-test-pattern.js';
import {
  cellRectangle,
  cellsOf,
  TEST_PATTERN,
  type PictureRectangle,
  type RenditionHeight,
  type RgbColor,
} from './test-pattern.js';

/** White and black that stay inside video range, so that no player's conversion clips them. */
const WHITE: RgbColor = [236, 236, 236];
const BLACK: RgbColor = [12, 12, 14];

/** Draws the test pattern into `image`: the make script's part of the film's overlay, and what unit tests read back. */
export function drawTestPattern(image: RgbaImage, height: RenditionHeight, seconds: number): void {
  fill(image, TEST_PATTERN.block, TEST_PATTERN.colors[height]);
  for (const [index, white] of cellsOf(seconds).entries()) {
    fill(image, cellRectangle(index), white ? WHITE : BLACK);
  }
}

function fill(image: RgbaImage, { x, y, width, height }: PictureRectangle, color: RgbColor): void {
  const right = Math.round((x + width) * image.width);
  const bottom = Math.round((y + height) * image.height);
  for (let row = Math.round(y * image.height); row < bottom; row += 1) {
    for (let column = Math.round(x * image.width); column < right; column += 1) {
      image.data.set([...color, 255], (row * image.width + column) * 4);
    }
  }
}
