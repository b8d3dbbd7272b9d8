import { clamp, createNoise, fractal, ridged, smoothstep } from './noise.mjs';

/**
 * A strip is a piece of scenery wider than the picture that slides behind the frame: coverage (where it is), facet
 * (which way its faces look: 0 left, 128 towards us, 255 right) and snow, one byte a pixel each.
 */
export function createStrip(width, top, bottom) {
  const height = bottom - top;
  const plane = () => new Uint8Array(width * height);
  return {
    width,
    height,
    top,
    coverage: plane(),
    facet: plane().fill(128),
    snow: plane(),
  };
}

/** Fills a strip below `ridge(x)`, with sunlit faces and, above `snowLine`, snow. */
export function fillMountains(strip, { seed, ridge, faceScale, faceDepth, snowLine }) {
  const noise = createNoise(seed + 7);
  const face = (x, y) => ridged(noise, x / faceScale, y / (faceScale * 1.7), 5, 0.55);

  for (let x = 0; x < strip.width; x += 1) {
    const crest = ridge(x) - strip.top;
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
  return strip;
}

/** Stamps a conifer whose foot is at (x, y): a trunk and drooping boughs that shorten towards the tip. */
export function plantPine(strip, x, y, size, random) {
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
export function stroke(strip, fromX, fromY, toX, toY, fromRadius, toRadius) {
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
export function buildCabin(strip, x, y) {
  const footY = y - strip.top;
  for (let row = -16; row <= 2; row += 0.5) stroke(strip, x - 15, footY + row, x + 15, footY + row, 0.7, 0.7);
  for (let row = 0; row <= 13; row += 0.5)
    stroke(strip, x - 19 + row * 1.45, footY - 15 - row, x + 19 - row * 1.45, footY - 15 - row, 0.8, 0.8);
  stroke(strip, x + 9, footY - 18, x + 9, footY - 31, 1.6, 1.6);
}
