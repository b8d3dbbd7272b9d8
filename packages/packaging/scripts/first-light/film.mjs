import { createBirds } from './birds.mjs';
import { clamp, createNoise, mix, smoothstep } from './noise.mjs';
import { bodiesAt, DURATION, mixColor, paletteAt } from './palette.mjs';
import { createScenery } from './scenery.mjs';
import { createSky } from './sky.mjs';

/** The size the film is drawn at; smaller renditions are scaled from it. */
export const WIDTH = 1280;
export const HEIGHT = 720;
const WATERLINE = 474;

/** "First Light": a day by a mountain lake. `paint(time)` returns the frame, three floats a pixel, reused by the next call. */
export function createFilm() {
  const frame = new Float32Array(WIDTH * HEIGHT * 3);
  const sky = createSky({ width: WIDTH, height: HEIGHT, waterline: WATERLINE });
  const { layers, foreground } = createScenery({
    width: WIDTH,
    height: HEIGHT,
    waterline: WATERLINE,
    duration: DURATION,
  });
  const birds = createBirds({ width: WIDTH });
  const water = createNoise(311);
  const skyline = new Float32Array(WIDTH);

  return {
    paint(time) {
      const palette = paletteAt(time);
      const bodies = bodiesAt(time);
      const light = lightAt(palette, bodies);
      traceSkyline(skyline, layers, time);
      sky.paint(frame, time, palette, bodies, skyline);
      birds.paint(frame, time, palette);
      for (const layer of layers) paintLayer(frame, layer, time, palette, light);
      paintWindow(frame, layers, time);
      reflect(frame, water, time, palette, bodies);
      paintForeground(frame, foreground, time, palette);
      return frame;
    },
  };
}

/** Where the light comes from (-1 left, 1 right) and how hard it falls on slopes and snow. */
function lightAt(palette, { sun, moon }) {
  const day = smoothstep(0.72, 0.58, sun.y);
  const source = day > 0.02 ? sun : moon;
  return {
    side: clamp((source.x / (WIDTH / HEIGHT) - 0.5) * 2.4, -1, 1),
    color: palette.light,
    strength: palette.strength,
  };
}

/** No sky is painted where the far ranges will cover it. */
function traceSkyline(skyline, layers, time) {
  skyline.fill(WATERLINE);
  for (const { strip, speed } of layers.slice(0, 3)) {
    const start = Math.floor(speed * time);
    for (let x = 0; x < WIDTH; x += 1) skyline[x] = Math.min(skyline[x], solidFrom(strip, start + x));
  }
}

/** The first row of the picture where a strip covers column `x` and the next, between which it is sampled. */
function solidFrom({ coverage, width, height, top }, x) {
  for (let y = 0; y < height; y += 1) {
    if (coverage[y * width + x] === 255 && coverage[y * width + x + 1] === 255) return y + top + 1;
  }
  return WATERLINE;
}

function paintLayer(frame, layer, time, palette, light) {
  const { strip } = layer;
  const offset = layer.speed * time;
  const start = Math.floor(offset);
  const part = offset - start;
  const lit = light.strength * layer.relief;

  for (let y = 0; y < strip.height; y += 1) {
    const fall = y / strip.height;
    const mist = clamp(layer.air + (1 - layer.air) * (0.22 + 0.6 * layer.air) * smoothstep(0.35, 1.02, fall));
    const [red, green, blue] = mixColor(palette.near, palette.haze, mist);
    const relief = lit * (1 - 0.75 * smoothstep(0.3, 1, fall));
    const row = y * strip.width + start;
    let at = (y + strip.top) * WIDTH * 3;

    for (let x = 0; x < WIDTH; x += 1, at += 3) {
      const here = row + x;
      const cover = strip.coverage[here] + (strip.coverage[here + 1] - strip.coverage[here]) * part;
      if (cover === 0) continue;
      const alpha = cover / 255;
      const face = (strip.facet[here] + (strip.facet[here + 1] - strip.facet[here]) * part) / 128 - 1;
      // Light from straight ahead leaves every turned face a little darker.
      const facet = face * light.side - Math.abs(face) * 0.5 * (1 - Math.abs(light.side));
      const snow =
        ((strip.snow[here] + (strip.snow[here + 1] - strip.snow[here]) * part) / 255) *
        (1 - 0.36 * layer.air);
      const shade = 1 + Math.min(0, facet) * 0.42 * relief;
      const sunny = Math.max(0, facet) * 0.34 * relief;
      const bright = snow * (0.3 + 0.62 * lit * clamp(0.55 + facet * 0.6));
      const r = red * shade + (light.color[0] - red) * sunny;
      const g = green * shade + (light.color[1] - green) * sunny;
      const b = blue * shade + (light.color[2] - blue) * sunny;
      const white = snowColor(palette, light);
      frame[at] += (r + (white[0] - r) * bright - frame[at]) * alpha;
      frame[at + 1] += (g + (white[1] - g) * bright - frame[at + 1]) * alpha;
      frame[at + 2] += (b + (white[2] - b) * bright - frame[at + 2]) * alpha;
    }
  }
}

function snowColor(palette, light) {
  if (palette.snow === undefined)
    palette.snow = mixColor(
      mixColor(palette.haze, [236, 242, 250], 0.35 + 0.4 * light.strength),
      palette.light,
      0.35,
    );
  return palette.snow;
}

/** Someone is home from sunset until deep in the night. */
function paintWindow(frame, layers, time) {
  const home = layers.find((layer) => layer.cabinY !== undefined);
  const amount = smoothstep(42.5, 44.5, time) * (1 - smoothstep(61, 62.5, time));
  if (amount === 0) return;
  const centerX = home.cabin - home.speed * time;
  const centerY = home.cabinY - 8;
  for (let y = Math.floor(centerY - 46); y < Math.min(WATERLINE, centerY + 40); y += 1) {
    for (let x = Math.max(0, Math.floor(centerX - 60)); x < Math.min(WIDTH, centerX + 60); x += 1) {
      const inPane = clamp(4.5 - Math.abs(x - centerX + 5)) * clamp(4.5 - Math.abs(y - centerY));
      const glow = 0.34 * Math.exp(-Math.hypot(x - centerX + 5, y - centerY) / 13);
      const at = (y * WIDTH + x) * 3;
      const lightness = Math.min(1, inPane + glow) * amount;
      frame[at] += (255 - frame[at]) * lightness;
      frame[at + 1] += (188 - frame[at + 1]) * lightness * 0.92;
      frame[at + 2] += (96 - frame[at + 2]) * lightness * 0.7;
    }
  }
}

/** The lake mirrors what is above it, shaken by slow ripples that shorten towards the far shore. */
function reflect(frame, water, time, palette, { sun, moon }) {
  const deep = mixColor(palette.zenith, palette.near, 0.55);
  const source =
    sun.y < 0.7
      ? { x: sun.x * HEIGHT, strength: palette.strength * smoothstep(0.72, 0.6, sun.y) }
      : { x: moon.x * HEIGHT, strength: 0.3 * smoothstep(0.72, 0.6, moon.y) };

  for (let y = WATERLINE; y < HEIGHT; y += 1) reflectRow(frame, y, { water, time, palette, deep, source });
}

function reflectRow(frame, y, { water, time, palette, deep, source }) {
  const near = (y - WATERLINE) / (HEIGHT - WATERLINE);
  const distance = 1 / (near + 0.055);
  const ripple = near * 7 + 0.6;
  const wave =
    Math.sin(distance * 5.2 + time * 0.9) * ripple * 0.35 +
    Math.sin(distance * 9.7 - time * 0.7) * ripple * 0.22;
  const mirrorY = clamp(Math.round(WATERLINE - 1 - (y - WATERLINE) * 1.06 + wave), 0, WATERLINE - 1);
  const clarity = mix(0.84, 0.5, near ** 0.8);
  const shore = 0.14 * Math.exp(-(y - WATERLINE) / 3) * palette.strength;
  const spread = 26 + 150 * near;
  const streakY = distance * 8 - near * 22 + time * 0.5;

  for (let x = 0; x < WIDTH; x += 1) {
    const sway = (water(x / 46 + time * 0.12, distance * 3.1 + time * 0.22) - 0.5) * ripple * 3.4;
    const from = (mirrorY * WIDTH + clamp(Math.round(x + sway), 0, WIDTH - 1)) * 3;
    const at = (y * WIDTH + x) * 3;
    const aside = (x - source.x) / spread;
    const streak = smoothstep(0.48, 0.75, water(x / 30 - time * 0.25, streakY));
    const glitter = source.strength * Math.exp(-aside * aside) * (0.12 + 0.75 * streak) * (1 - 0.6 * near);
    for (let channel = 0; channel < 3; channel += 1) {
      const mirrored = mix(deep[channel], frame[from + channel], clarity);
      frame[at + channel] = mirrored + palette.light[channel] * (glitter * (1 - 0.1 * channel) + shore);
    }
  }
}

function paintForeground(frame, { strip, speed }, time, palette) {
  const offset = speed * time;
  const start = Math.floor(offset);
  const part = offset - start;
  const color = mixColor(palette.near, [4, 6, 12], 0.45);
  for (let y = 0; y < strip.height; y += 1) {
    const row = y * strip.width + start;
    let at = (y + strip.top) * WIDTH * 3;
    for (let x = 0; x < WIDTH; x += 1, at += 3) {
      const cover =
        (strip.coverage[row + x] + (strip.coverage[row + x + 1] - strip.coverage[row + x]) * part) / 255;
      if (cover === 0) continue;
      for (let channel = 0; channel < 3; channel += 1)
        frame[at + channel] += (color[channel] - frame[at + channel]) * cover;
    }
  }
}
