import { clamp, mix, smoothstep } from './noise.mjs';

/** The film's length in seconds. Its last frame meets its first, so that it can loop. */
export const DURATION = 64;

const rgb = (hex) => [16, 8, 0].map((shift) => (Number.parseInt(hex, 16) >> shift) & 255);

/**
 * The day as key colors. `light` is the color of sunlight or moonlight on snow and cloud; `strength` how hard it
 * falls; `near` the color of the closest hills, `haze` of the air in front of the farthest.
 */
const DAY = [
  [0, '0d1233', '2c2c63', '8a5a80', '4d4677', '0b0e20', 'a88fc0', 0.1, 0.75, '3b3768', '201f48'],
  [6, '1b2658', '5c5190', 'f09a7c', '8f6a92', '12162c', 'ff9c86', 0.3, 0.3, 'f0907f', '4a3f78'],
  [11, '3a66a4', '9aa6cc', 'ffd29a', 'd7a294', '1e2a3b', 'ffc48a', 0.85, 0, 'ffdcb4', 'a58fae'],
  [18, '2f79c2', '86b8e2', 'f0f0de', 'aecbdc', '1f4048', 'fff0cf', 0.8, 0, 'ffffff', 'b4c8de'],
  [27, '2a78c4', '79b6e6', 'dcf0f8', 'a6cfe4', '1d464c', 'fffaf0', 0.7, 0, 'ffffff', 'b9d0e6'],
  [35, '3576b8', '97b9d8', 'f9e6c2', 'd2c3b4', '24403f', 'ffe2ac', 0.8, 0, 'fff3dc', 'b3b3c2'],
  [41, '39508f', 'b8779a', 'ff9e5c', 'd07f78', '261f33', 'ff9a55', 0.95, 0, 'ffb27c', '86568a'],
  [45, '242c68', '7a4d8c', 'f0705f', '84517f', '191530', 'ff7158', 0.4, 0.25, 'e06a78', '46356c'],
  [50, '0b1231', '1d2a5a', '4d4e8c', '2c3767', '0a0d1e', '9fb4e6', 0.35, 0.9, '3d4a80', '18204a'],
  [57, '070c22', '14214c', '2f4379', '20305c', '070b19', 'b4c8f4', 0.45, 1, '3c4f84', '131d40'],
  [64, '0d1233', '2c2c63', '8a5a80', '4d4677', '0b0e20', 'a88fc0', 0.1, 0.75, '3b3768', '201f48'],
].map(([time, zenith, middle, horizon, haze, near, light, strength, stars, cloudLit, cloudShade]) => ({
  time,
  zenith: rgb(zenith),
  middle: rgb(middle),
  horizon: rgb(horizon),
  haze: rgb(haze),
  near: rgb(near),
  light: rgb(light),
  strength,
  stars,
  cloudLit: rgb(cloudLit),
  cloudShade: rgb(cloudShade),
}));

/** The colors at `time`, blended between the keys around it. */
export function paletteAt(time) {
  const next = DAY.findIndex((key) => key.time > time);
  const after = DAY[next === -1 ? DAY.length - 1 : next];
  const before = DAY[(next === -1 ? DAY.length : next) - 1];
  const amount =
    smoothstep(before.time, after.time, time) * 0.5 +
    clamp((time - before.time) / (after.time - before.time)) * 0.5;

  return Object.fromEntries(
    Object.entries(before).map(([name, value]) => [
      name,
      Array.isArray(value) ? mixColor(value, after[name], amount) : mix(value, after[name], amount),
    ]),
  );
}

export function mixColor(from, to, amount) {
  return [mix(from[0], to[0], amount), mix(from[1], to[1], amount), mix(from[2], to[2], amount)];
}

/** Where sun and moon stand, in pictures' heights: x from the left edge, y from the top; below `waterline` they have set. */
export function bodiesAt(time) {
  return {
    sun: arc((time - 7) / 37, 0.22, 1.5, 0.52),
    moon: arc((time - 45) / 24, 0.42, 1.52, 0.5),
  };
}

function arc(progress, fromX, toX, height) {
  return {
    x: mix(fromX, toX, progress),
    y: 0.66 - height * Math.sin(Math.PI * clamp(progress, -0.1, 1.1)),
  };
}
