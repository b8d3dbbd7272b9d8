/** Deterministic noise: the film must come out the same on every machine. */

/** A seeded source of numbers in [0, 1) (mulberry32). */
export function createRandom(seed) {
  let state = seed >>> 0;
  return () => {
    state = (state + 0x6d2b79f5) >>> 0;
    let mixed = Math.imul(state ^ (state >>> 15), 1 | state);
    mixed = (mixed + Math.imul(mixed ^ (mixed >>> 7), 61 | mixed)) ^ mixed;
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 4294967296;
  };
}

const fade = (x) => x * x * x * (x * (x * 6 - 15) + 10);

/** Value noise on a lattice that repeats after `period` cells in both directions. */
export function createNoise(seed, period = 256) {
  const random = createRandom(seed);
  const lattice = Float32Array.from({ length: period * period }, random);
  const wrap = (n) => ((n % period) + period) % period;

  return (x, y) => {
    const column = Math.floor(x);
    const row = Math.floor(y);
    const fx = fade(x - column);
    const fy = fade(y - row);
    const left = wrap(column);
    const right = wrap(column + 1);
    const top = wrap(row) * period;
    const bottom = wrap(row + 1) * period;
    const upper = lattice[top + left] + (lattice[top + right] - lattice[top + left]) * fx;
    const lower = lattice[bottom + left] + (lattice[bottom + right] - lattice[bottom + left]) * fx;
    return upper + (lower - upper) * fy;
  };
}

/** Sums octaves of `noise`; the result stays within [0, 1]. */
export function fractal(noise, x, y, octaves, gain = 0.5) {
  let sum = 0;
  let weight = 1;
  let total = 0;
  for (let octave = 0, scale = 1; octave < octaves; octave += 1, scale *= 2) {
    sum += weight * noise(x * scale + octave * 17.3, y * scale + octave * 5.7);
    total += weight;
    weight *= gain;
  }
  return sum / total;
}

/** Like `fractal`, folded so that it has sharp crests: mountains. */
export function ridged(noise, x, y, octaves, gain = 0.5) {
  let sum = 0;
  let weight = 1;
  let total = 0;
  for (let octave = 0, scale = 1; octave < octaves; octave += 1, scale *= 2) {
    const crest = 1 - Math.abs(2 * noise(x * scale + octave * 31.7, y * scale + octave * 9.1) - 1);
    sum += weight * crest * crest;
    total += weight;
    weight *= gain;
  }
  return sum / total;
}

export const clamp = (value, low = 0, high = 1) => Math.min(high, Math.max(low, value));

export function smoothstep(low, high, value) {
  const x = clamp((value - low) / (high - low));
  return x * x * (3 - 2 * x);
}

export const mix = (from, to, amount) => from + (to - from) * amount;
