import { clamp, createNoise, fractal, smoothstep } from './noise.mjs';

const CLOUD_SIZE = 512;

/** A sheet of clouds on a plane overhead: rows near the horizon are farther, hence smaller. */
export function createClouds({ width, waterline }) {
  const sheet = createCloudSheet();
  return {
    /** Where row `y` of the picture lies on the sheet, and how much of its clouds shows. */
    row: (y, time) => cloudRow(y, waterline, time),
    /** Covers the pixel at `at` with what cloud there is, lit from the sun's side and by its halo. */
    cover(frame, at, row, x, { palette, halo, sunSide }) {
      const u = (x - width / 2) * row.scale + row.shift;
      const density = sample(sheet, u, row.v);
      const amount = smoothstep(0.47, 0.76, density) * row.fade;
      if (amount <= 0.003) return;

      const shaded = sample(sheet, u + 7 * sunSide, row.v + 5);
      const lit = clamp(0.5 + (density - shaded) * 3.2 + halo * 0.9);
      const { cloudShade, cloudLit } = palette;
      for (let channel = 0; channel < 3; channel += 1) {
        const color = cloudShade[channel] + (cloudLit[channel] - cloudShade[channel]) * lit;
        frame[at + channel] += (color + halo * HALO_COLOR[channel] - frame[at + channel]) * amount;
      }
    },
  };
}

/** What the sun's halo adds to a cloud before it. */
const HALO_COLOR = [60, 34, 12];

function createCloudSheet() {
  const noise = createNoise(71, 8);
  const wisps = createNoise(72, 16);
  const sheet = new Float32Array(CLOUD_SIZE * CLOUD_SIZE);
  for (let y = 0; y < CLOUD_SIZE; y += 1) {
    for (let x = 0; x < CLOUD_SIZE; x += 1) {
      const warp = wisps(x / 32, y / 32) * 0.55;
      sheet[y * CLOUD_SIZE + x] = fractal(noise, x / 64 + warp, y / 64 + warp, 6, 0.52);
    }
  }
  return sheet;
}

function cloudRow(y, waterline, time) {
  const distance = 250 / (waterline - y + 70);
  return {
    scale: distance * 0.55,
    v: distance * 380 + time * 0.35,
    shift: time * 2.4 * (0.5 + 0.5 * distance),
    fade: smoothstep(3, 1.1, distance) * 0.92,
  };
}

function sample(sheet, u, v) {
  const mask = CLOUD_SIZE - 1;
  const column = Math.floor(u);
  const row = Math.floor(v);
  const fx = u - column;
  const fy = v - row;
  const left = column & mask;
  const right = (column + 1) & mask;
  const upper = (row & mask) * CLOUD_SIZE;
  const lower = ((row + 1) & mask) * CLOUD_SIZE;
  const top = sheet[upper + left] + (sheet[upper + right] - sheet[upper + left]) * fx;
  return top + (sheet[lower + left] + (sheet[lower + right] - sheet[lower + left]) * fx - top) * fy;
}
