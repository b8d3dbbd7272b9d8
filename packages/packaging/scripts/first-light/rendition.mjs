import { drawTestPattern } from '../../dist/test-pattern/draw-test-pattern.js';
import { TEST_PATTERN } from '../../dist/test-pattern/test-pattern.js';
import { drawText } from './glyphs.mjs';
import { createRandom, smoothstep } from './noise.mjs';

/** Scales film frames to a rendition's size and lays the bar with its block, label, timecode and strip over them. */
export function createRendition({ width, height, from }) {
  const image = { width, height, data: new Uint8ClampedArray(width * height * 4).fill(255) };
  const columns = spans(from.width, width);
  const rows = spans(from.height, height);
  const random = createRandom(width);
  const dither = Float32Array.from({ length: 4096 }, () => random() - 0.5);

  /** Returns the picture at `time`, red first, four bytes a pixel; the next call reuses it. */
  function draw(frame, time) {
    scale(frame, from, image, columns, rows, dither);
    shade(image);
    const { block } = TEST_PATTERN;
    const cap = height * 0.046;
    const top = (block.y + block.height / 2) * height - cap / 2;
    const left = (block.x + block.width + 0.014) * width;
    drawText(image, `${height}p`, left, top, cap, [246, 246, 248], 1.5);
    drawText(image, timecode(time), left + cap * 4, top, cap, [214, 218, 226], 1.1);
    drawTestPattern(image, height, time);
    return image;
  }
  return { draw };
}

function timecode(time) {
  const tenths = Math.floor(time * 10 + 1e-6);
  const two = (value) => String(value).padStart(2, '0');
  return `${two(Math.floor(tenths / 600))}:${two(Math.floor(tenths / 10) % 60)}.${tenths % 10}`;
}

/** For each target pixel the source pixels that make it up, and each one's share: first index, count, then shares. */
function spans(source, target) {
  const ratio = source / target;
  return Array.from({ length: target }, (_, index) => {
    const start = index * ratio;
    const end = start + ratio;
    const shares = [];
    for (let at = Math.floor(start); at < end - 1e-9; at += 1) {
      shares.push((Math.min(end, at + 1) - Math.max(start, at)) / ratio);
    }
    return { first: Math.floor(start), shares: Float32Array.from(shares) };
  });
}

function scale(frame, from, image, columns, rows, dither) {
  let out = 0;
  for (let y = 0; y < image.height; y += 1) {
    for (let x = 0; x < image.width; x += 1, out += 4) {
      const noise = dither[(x * 73 + y * 179) & 4095];
      average(frame, from.width, rows[y], columns[x]);
      for (let channel = 0; channel < 3; channel += 1) image.data[out + channel] = pixel[channel] + noise;
    }
  }
}

/** The result of `average`: one for all pixels, of which there are two billion. */
const pixel = new Float64Array(3);

function average(frame, width, row, column) {
  pixel.fill(0);
  for (let down = 0; down < row.shares.length; down += 1) {
    let at = ((row.first + down) * width + column.first) * 3;
    for (let across = 0; across < column.shares.length; across += 1, at += 3) {
      const share = row.shares[down] * column.shares[across];
      pixel[0] += frame[at] * share;
      pixel[1] += frame[at + 1] * share;
      pixel[2] += frame[at + 2] * share;
    }
  }
}

/** Darkens the bottom softly, so that the bar reads at noon as at night. */
function shade({ width, height, data }) {
  for (let y = Math.floor(height * 0.78); y < height; y += 1) {
    const keep = 1 - 0.62 * smoothstep(0.8, 0.9, y / height);
    for (let at = y * width * 4; at < (y + 1) * width * 4; at += 4) {
      data[at] *= keep;
      data[at + 1] *= keep;
      data[at + 2] *= keep;
    }
  }
}
