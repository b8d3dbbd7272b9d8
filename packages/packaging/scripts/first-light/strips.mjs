import { clamp, createNoise, createRandom, fractal, ridged, smoothstep } from './noise.mjs';

/**
 * A strip is a piece of scenery wider than the picture that slides behind the frame: coverage (where it is), facet
 * (which way its faces look: 0 left, 128 towards us, 255 right) and snow, one byte a pixel each.
 */
function createStrip(width, top, bottom) {
  const height = bottom - top;
  const plane = () => new Uint8Array(width * height);
  return {
    width,
    height,
    top,
    coverage: plane(),
    facet: plane().fill(128),
    snow: plane(),
    solidFrom: height,
  };
}

/** Fills a strip below `ridge(x)`, with sunlit faces and, above `snowLine`, snow. */
function fillMountains(strip, { seed, ridge, faceScale, faceDepth, snowLine }) {
  const noise = createNoise(seed + 7);
  const face = (x, y) => ridged(noise, x / faceScale, y / (faceScale * 1.7), 5, 0.55);
  let lowest = 0;

  for (let x = 0; x < strip.width; x += 1) {
    const crest = ridge(x) - strip.top;
    lowest = Math.max(lowest, crest);
    const slope = ridge(x + 3) - ridge(x - 3);

    for (let y = Math.max(0, Math.floor(crest)); y < strip.height; y += 1) {
      const at = y * strip.width + x;
      strip.coverage[at] = Math.round(255 * clamp(y + 1 - crest));
      const depth = y - crest;
      const lean =
        slope * 9 * Math.exp(-depth / 40) +
        (face(x + 2 + depth * 0.25, y) - face(x - 2 + depth * 0.25, y)) * faceDepth;
      strip.facet[at] = Math.round(clamp(128 + lean, 0, 255));
      if (snowLine !== undefined) {
        const edge = snowLine + (fractal(noise, x / 26, y / 34, 4) - 0.5) * 110 + Math.max(0, depth) * 0.28;
        strip.snow[at] = Math.round(255 * smoothstep(8, -8, y + strip.top - edge));
      }
    }
  }
  strip.solidFrom = Math.min(strip.height, Math.ceil(lowest) + 1);
  return strip;
}

/** Stamps a conifer whose foot is at (x, y): a trunk and drooping boughs that shorten towards the tip. */
function plantPine(strip, x, y, size, random) {
  const footY = y - strip.top;
  stroke(strip, x, footY + size * 0.05, x, footY - size * 0.9, size * 0.016, size * 0.005);
  const boughs = Math.max(8, Math.round(size / 6.5));
  const lean = (random() - 0.5) * size * 0.03;

  for (let bough = 0; bough <= boughs; bough += 1) {
    const rise = 0.1 + (0.9 * bough) / boughs;
    const reach = size * 0.235 * (1 - rise) ** 0.82 * (0.72 + 0.5 * random()) + size * 0.008;
    const startY = footY - size * rise;
    const startX = x + lean * rise;
    for (const side of [-1, 1]) {
      const length = reach * (0.8 + 0.35 * random());
      stroke(
        strip,
        startX,
        startY,
        startX + side * length,
        startY + length * (0.42 + 0.2 * random()),
        length * 0.1 + 0.5,
        0.3,
      );
      stroke(
        strip,
        startX,
        startY + size * 0.02,
        startX + side * length * 0.62,
        startY + length * 0.55,
        length * 0.09 + 0.4,
        0.3,
      );
    }
  }
}

/** Stamps a tapering line. */
function stroke(strip, fromX, fromY, toX, toY, fromRadius, toRadius) {
  const steps = Math.ceil(Math.hypot(toX - fromX, toY - fromY)) + 1;
  for (let step = 0; step <= steps; step += 1) {
    const along = step / steps;
    stamp(
      strip,
      fromX + (toX - fromX) * along,
      fromY + (toY - fromY) * along,
      fromRadius + (toRadius - fromRadius) * along,
    );
  }
}

function stamp(strip, x, y, radius) {
  for (
    let row = Math.max(0, Math.floor(y - radius - 1));
    row <= Math.min(strip.height - 1, y + radius + 1);
    row += 1
  ) {
    for (
      let column = Math.max(0, Math.floor(x - radius - 1));
      column <= Math.min(strip.width - 1, x + radius + 1);
      column += 1
    ) {
      const covered = 255 * clamp(radius + 0.5 - Math.hypot(column - x, row - y));
      const at = row * strip.width + column;
      if (covered > strip.coverage[at]) strip.coverage[at] = covered;
    }
  }
}

/** A cabin on the shore; its window is lit at dusk by the scene. */
function buildCabin(strip, x, y) {
  const footY = y - strip.top;
  for (let row = -16; row <= 2; row += 0.5) stroke(strip, x - 15, footY + row, x + 15, footY + row, 0.7, 0.7);
  for (let row = 0; row <= 13; row += 0.5)
    stroke(strip, x - 19 + row * 1.45, footY - 15 - row, x + 19 - row * 1.45, footY - 15 - row, 0.8, 0.8);
  stroke(strip, x + 9, footY - 18, x + 9, footY - 31, 1.6, 1.6);
}

/** Lone peaks on a broad range: the sum of a slow swell and sharp crests. */
function rangeOf(seed, { base, swell, crests, scale }) {
  const noise = createNoise(seed);
  return (x) =>
    base -
    swell * fractal(noise, x / (scale * 2.2), 3.5, 2) -
    crests * ridged(noise, x / scale, 11.5, 6, 0.46);
}

/** All scenery, from far to near. `speed` is in pixels a second at 1280 pixels' width; `air` is how much haze lies before it. */
export function createScenery({ width, waterline, height, duration }) {
  const wide = (speed) => Math.ceil(width + speed * duration) + 4;
  const layers = [
    {
      seed: 11,
      speed: 1.2,
      air: 0.8,
      top: 110,
      base: 470,
      swell: 110,
      crests: 215,
      scale: 330,
      faceScale: 90,
      faceDepth: 900,
      snowLine: 318,
      relief: 1,
    },
    {
      seed: 23,
      speed: 2.2,
      air: 0.62,
      top: 190,
      base: 470,
      swell: 80,
      crests: 150,
      scale: 260,
      faceScale: 70,
      faceDepth: 800,
      snowLine: 312,
      relief: 0.85,
    },
    {
      seed: 37,
      speed: 3.6,
      air: 0.43,
      top: 270,
      base: 474,
      swell: 70,
      crests: 82,
      scale: 230,
      faceScale: 60,
      faceDepth: 500,
      relief: 0.5,
    },
    {
      seed: 41,
      speed: 5.6,
      air: 0.25,
      top: 300,
      base: 474,
      swell: 74,
      crests: 30,
      scale: 240,
      faceScale: 50,
      faceDepth: 260,
      relief: 0.3,
      pines: [9, 17, 2.1],
    },
    {
      seed: 59,
      speed: 8.5,
      air: 0.1,
      top: 330,
      base: 476,
      swell: 46,
      crests: 10,
      scale: 300,
      faceScale: 60,
      faceDepth: 90,
      relief: 0.15,
      pines: [20, 46, 5.5],
      cabin: 1010,
    },
  ].map((layer) => {
    const random = createRandom(layer.seed + 100);
    const ridge = rangeOf(layer.seed, layer);
    const strip = fillMountains(createStrip(wide(layer.speed), layer.top, waterline), {
      ...layer,
      ridge,
    });
    const grove = createNoise(layer.seed + 200);
    if (layer.pines) {
      const [small, tall, step] = layer.pines;
      for (let x = -20; x < strip.width + 20; x += step * (0.5 + random())) {
        const nearCabin = layer.cabin !== undefined && Math.abs(x - layer.cabin) < 46;
        if (nearCabin || grove(x / 90, 0.5) < 0.34) continue;
        plantPine(strip, x, ridge(x) + 3, small + (tall - small) * random() * grove(x / 90, 0.5), random);
      }
    }
    if (layer.cabin !== undefined) buildCabin(strip, layer.cabin, ridge(layer.cabin) + 4);
    return {
      ...layer,
      strip,
      cabinY: layer.cabin === undefined ? undefined : ridge(layer.cabin) + 4,
    };
  });
  return { layers, foreground: createForeground({ width: wide(7), height }) };
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
