import { createClouds } from './clouds.mjs';
import { clamp, createNoise, createRandom, fractal, smoothstep } from './noise.mjs';
import { mixColor } from './palette.mjs';

const GLOW_STEP = 16;

const SUNLIGHT = [0.95, 0.8, 0.6];
const MOONLIGHT = [150, 165, 200];

/** The sky: gradient, sun or moon with their glow, stars and a sheet of drifting clouds. */
export function createSky({ width, height, waterline }) {
  const clouds = createClouds({ width, waterline });
  const stars = createStars(width, waterline);
  const glow = createGlow(width);

  /** Paints rows 0 to waterline into `frame` (three floats a pixel); `skyline[x]` is the last row worth painting. */
  function paint(frame, time, palette, bodies, skyline) {
    const area = { width, waterline, skyline };
    const sun = { x: bodies.sun.x * height, y: bodies.sun.y * height };
    const moon = { x: bodies.moon.x * height, y: bodies.moon.y * height };
    const sunlight = palette.strength * smoothstep(0.8, 0.58, bodies.sun.y);
    const moonlight = 0.4 * smoothstep(0.72, 0.6, bodies.moon.y);

    for (let y = 0; y < waterline; y += 1) {
      paintRow(frame, y, {
        area,
        palette,
        sun,
        moon,
        sunlight,
        moonlight,
        glow,
        clouds,
        cloudRow: clouds.row(y, time),
      });
    }
    paintStars(frame, { ...area, stars, time, amount: palette.stars });
    const sunAmount = smoothstep(0.74, 0.68, bodies.sun.y);
    paintDisc(frame, { ...area, center: sun, radius: 30, color: sunColor(palette), amount: sunAmount });
    paintMoon(frame, { ...area, center: moon, amount: smoothstep(0.72, 0.66, bodies.moon.y) });
  }

  return { paint };
}

/** Brightness around sun and moon by squared distance: bright close by, and a veil over half of the sky. */
function createGlow(width) {
  return Float32Array.from({ length: (width * width * 6) / GLOW_STEP }, (_, index) => {
    const distance = Math.sqrt(index * GLOW_STEP);
    return (
      0.62 * Math.exp(-distance / 46) + 0.34 * Math.exp(-distance / 190) + 0.12 * Math.exp(-distance / 520)
    );
  });
}

function paintRow(frame, y, { area, palette, sun, moon, sunlight, moonlight, glow, clouds, cloudRow }) {
  const base = gradient(palette, y / area.waterline);
  const squaredSunY = ((y - sun.y) * 1.25) ** 2;
  const squaredMoonY = (y - moon.y) ** 2;

  for (let x = 0; x < area.width; x += 1) {
    if (y > area.skyline[x]) continue;
    const at = (y * area.width + x) * 3;
    const halo = glow[(((x - sun.x) ** 2 + squaredSunY) / GLOW_STEP) | 0] * sunlight;
    const ring = glow[(((x - moon.x) ** 2 + squaredMoonY) / GLOW_STEP) | 0] * moonlight;
    for (let channel = 0; channel < 3; channel += 1) {
      frame[at + channel] =
        base[channel] + palette.light[channel] * halo * SUNLIGHT[channel] + MOONLIGHT[channel] * ring;
    }
    if (cloudRow.fade > 0) {
      clouds.cover(frame, at, cloudRow, x, { palette, halo, sunSide: x > sun.x ? -1 : 1 });
    }
  }
}

const sunColor = (palette) => mixColor(palette.light, [255, 250, 232], 0.72);

/** Zenith to middle to horizon, with most of the change low in the sky as in air. */
function gradient(palette, height) {
  return height < 0.55
    ? mixColor(palette.zenith, palette.middle, (height / 0.55) ** 1.15)
    : mixColor(palette.middle, palette.horizon, smoothstep(0.55, 1.02, height) ** 0.95);
}

function createStars(width, waterline) {
  const random = createRandom(73);
  return Array.from({ length: 520 }, () => {
    const size = random() ** 7;
    return {
      x: (random() * 1.5 - 0.25) * width,
      y: random() ** 1.2 * waterline * 1.2 - waterline * 0.15,
      brightness: 40 + 215 * size + 45 * random(),
      radius: 0.55 + 0.85 * size,
      phase: random() * 6.3,
      warmth: random(),
    };
  });
}

/** The field turns slowly about a pole above the picture. */
function paintStars(frame, { width, stars, time, amount, waterline, skyline }) {
  if (amount < 0.01) return;
  const turn = ((time + 12) % 64) * 0.0016;
  const poleX = width * 0.6;
  const poleY = -260;
  for (const star of stars) {
    const x = poleX + (star.x - poleX) * Math.cos(turn) - (star.y - poleY) * Math.sin(turn);
    const y = poleY + (star.x - poleX) * Math.sin(turn) + (star.y - poleY) * Math.cos(turn);
    const twinkle = 0.86 + 0.14 * Math.sin(time * 1.3 + star.phase);
    const low = smoothstep(waterline * 0.95, waterline * 0.45, y);
    addDot(
      frame,
      { width, waterline, skyline },
      x,
      y,
      star.radius,
      star.brightness * amount * twinkle * low,
      star.warmth,
    );
  }
}

function addDot(frame, { width, waterline, skyline }, x, y, radius, brightness, warmth) {
  for (let row = Math.floor(y - 2); row <= y + 2; row += 1) {
    for (let column = Math.floor(x - 2); column <= x + 2; column += 1) {
      if (row < 0 || row >= waterline || column < 0 || column >= width || row > skyline[column]) continue;
      const light = brightness * clamp(radius + 0.6 - Math.hypot(column - x, row - y));
      const at = (row * width + column) * 3;
      frame[at] += light * (0.85 + 0.15 * warmth);
      frame[at + 1] += light * 0.92;
      frame[at + 2] += light * (1.02 - 0.15 * warmth);
    }
  }
}

function paintDisc(frame, { width, waterline, skyline, center, radius, color, amount }) {
  eachPixel({ width, waterline, skyline, center, reach: radius + 2 }, (at, distance) => {
    const cover = clamp((radius + 1 - distance) / 2) * amount;
    for (let channel = 0; channel < 3; channel += 1)
      frame[at + channel] += (color[channel] - frame[at + channel]) * cover;
  });
}

/** A gibbous moon with a hint of seas. */
function paintMoon(frame, { width, waterline, skyline, center, amount }) {
  const noise = createNoise(91, 16);
  const radius = 21;
  eachPixel({ width, waterline, skyline, center, reach: radius + 2 }, (at, distance, x, y) => {
    const shadow = clamp((radius * 1.06 - Math.hypot(x + 11, y + 4) - 8 + 19) / 5);
    const seas = 1 - 0.2 * smoothstep(0.45, 0.7, fractal(noise, x / 9 + 20, y / 9 + 20, 3));
    const cover = clamp(radius + 0.5 - distance) * amount * (0.12 + 0.88 * shadow);
    const color = [244 * seas, 242 * seas, 232 * seas];
    for (let channel = 0; channel < 3; channel += 1)
      frame[at + channel] += (color[channel] - frame[at + channel]) * cover;
  });
}

function eachPixel({ width, waterline, skyline, center, reach }, visit) {
  for (
    let row = Math.max(0, Math.floor(center.y - reach));
    row < Math.min(waterline, center.y + reach);
    row += 1
  ) {
    for (
      let column = Math.max(0, Math.floor(center.x - reach));
      column < Math.min(width, center.x + reach);
      column += 1
    ) {
      if (row <= skyline[column])
        visit(
          (row * width + column) * 3,
          Math.hypot(column - center.x, row - center.y),
          column - center.x,
          row - center.y,
        );
    }
  }
}
