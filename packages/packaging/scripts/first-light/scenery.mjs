import { createNoise, createRandom, fractal, ridged } from './noise.mjs';
import { buildCabin, createStrip, fillMountains, plantPine, stroke } from './strips.mjs';

/**
 * The far shore, from far to near. `speed` is in pixels a second, `air` how much haze lies before the layer, `relief` how
 * strongly light models it; `pines` are the smallest, the tallest and their distance.
 */
const LAYERS = [
  {
    seed: 11,
    speed: 1.2,
    air: 0.8,
    relief: 1,
    top: 110,
    base: 470,
    swell: 110,
    crests: 215,
    scale: 330,
    faceScale: 90,
    faceDepth: 900,
    snowLine: 318,
  },
  {
    seed: 23,
    speed: 2.2,
    air: 0.62,
    relief: 0.85,
    top: 190,
    base: 470,
    swell: 80,
    crests: 150,
    scale: 260,
    faceScale: 70,
    faceDepth: 800,
    snowLine: 312,
  },
  {
    seed: 37,
    speed: 3.6,
    air: 0.43,
    relief: 0.5,
    top: 270,
    base: 474,
    swell: 70,
    crests: 82,
    scale: 230,
    faceScale: 60,
    faceDepth: 500,
  },
  {
    seed: 41,
    speed: 5.6,
    air: 0.25,
    relief: 0.3,
    top: 300,
    base: 474,
    swell: 74,
    crests: 30,
    scale: 240,
    faceScale: 50,
    faceDepth: 260,
    pines: [9, 17, 2.1],
  },
  {
    seed: 59,
    speed: 8.5,
    air: 0.1,
    relief: 0.15,
    top: 330,
    base: 476,
    swell: 46,
    crests: 10,
    scale: 300,
    faceScale: 60,
    faceDepth: 90,
    pines: [20, 46, 5.5],
    cabin: 1010,
  },
];

/** All scenery: the layers of the far shore, and the bank in front. */
export function createScenery({ width, waterline, height, duration }) {
  const wide = (speed) => Math.ceil(width + speed * duration) + 4;
  const layers = LAYERS.map((layer) => createLayer(layer, wide(layer.speed), waterline));
  return { layers, foreground: createForeground({ width: wide(7), height }) };
}

function createLayer(layer, width, waterline) {
  const ridge = rangeOf(layer.seed, layer);
  const strip = fillMountains(createStrip(width, layer.top, waterline), { ...layer, ridge });
  if (layer.pines !== undefined) plantForest(strip, layer, ridge);
  if (layer.cabin === undefined) return { ...layer, strip };

  const cabinY = ridge(layer.cabin) + 4;
  buildCabin(strip, layer.cabin, cabinY);
  return { ...layer, strip, cabinY };
}

/** Lone peaks on a broad range: the sum of a slow swell and sharp crests. */
function rangeOf(seed, { base, swell, crests, scale }) {
  const noise = createNoise(seed);
  return (x) =>
    base -
    swell * fractal(noise, x / (scale * 2.2), 3.5, 2) -
    crests * ridged(noise, x / scale, 11.5, 6, 0.46);
}

/** Groves with clearings, one of them around the cabin. */
function plantForest(strip, { seed, pines, cabin }, ridge) {
  const [small, tall, step] = pines;
  const random = createRandom(seed + 100);
  const grove = createNoise(seed + 200);
  for (let x = -20; x < strip.width + 20; x += step * (0.5 + random())) {
    const nearCabin = cabin !== undefined && Math.abs(x - cabin) < 46;
    const density = grove(x / 90, 0.5);
    if (nearCabin || density < 0.34) continue;
    plantPine(strip, x, ridge(x) + 3, small + (tall - small) * random() * density, random);
  }
}

/** Foot and height of the tall pines on the near bank: some leave at the left, others come in from the right. */
const PINES = [
  [70, 470],
  [165, 330],
  [-6, 380],
  [238, 190],
  [1222, 250],
  [1310, 420],
  [1402, 300],
  [1640, 380],
  [1724, 470],
  [1500, 150],
];

/** The near bank: dark grass along the bottom edge and a few tall pines that pass by. */
function createForeground({ width, height }) {
  const random = createRandom(500);
  const noise = createNoise(501);
  const strip = createStrip(width, 150, height);
  const ridge = (x) => 668 - 46 * fractal(noise, x / 260, 1.5, 3) + 18;
  fillMountains(strip, { seed: 503, ridge, faceScale: 40, faceDepth: 0 });

  for (let x = 0; x < width; x += 2.2) {
    const blade = 5 + 15 * random() * noise(x / 40, 9.5);
    const bend = (random() - 0.4) * 7;
    stroke(strip, x, ridge(x) - strip.top + 3, x + bend, ridge(x) - strip.top - blade, 1, 0.3);
  }
  for (const [x, size] of PINES) {
    plantPine(strip, x, ridge(x) + 10, size, random);
  }
  return { strip, speed: 7 };
}
