import { clamp, createRandom, smoothstep } from './noise.mjs';
import { mixColor } from './palette.mjs';

/** Two flocks: one leaves at sunrise, one comes home at sunset. */
const FLOCKS = [
  { from: 9.5, to: 22, startX: -0.08, endX: 1.12, y: 0.27, rise: -0.1, count: 9, seed: 5 },
  { from: 33, to: 45.5, startX: 1.1, endX: -0.12, y: 0.17, rise: 0.09, count: 11, seed: 8 },
];

/** Birds as two short curved strokes each, their wings beating in turns and then gliding. */
export function createBirds({ width }) {
  const flocks = FLOCKS.map((flock) => {
    const random = createRandom(flock.seed);
    const direction = Math.sign(flock.endX - flock.startX);
    const birds = Array.from({ length: flock.count }, (_, index) => {
      const arm = Math.ceil(index / 2);
      const side = index % 2 === 0 ? 1 : -1;
      return {
        dx: -direction * arm * (19 + 7 * random()),
        dy: side * arm * (7 + 5 * random()),
        phase: random() * 6.3,
        span: 8.5 + 2.5 * random(),
      };
    });
    return { ...flock, birds };
  });

  function paint(frame, time, palette) {
    for (const flock of flocks) {
      const progress = (time - flock.from) / (flock.to - flock.from);
      if (progress < 0 || progress > 1) continue;
      const color = mixColor(palette.near, palette.zenith, 0.25);
      for (const bird of flock.birds) {
        const x =
          (flock.startX + (flock.endX - flock.startX) * progress) * width +
          bird.dx +
          4 * Math.sin(time * 0.7 + bird.phase);
        const y =
          (flock.y + flock.rise * Math.sin(progress * 2.2)) * 720 +
          bird.dy +
          3 * Math.sin(time * 0.9 + bird.phase * 2);
        const beating = smoothstep(-0.2, 0.5, Math.sin(time * 0.8 + bird.phase));
        const beat = 0.28 + 0.5 * beating * Math.sin(time * 10 + bird.phase);
        for (const side of [-1, 1]) paintWing(frame, width, x, y, side * bird.span, -bird.span * beat, color);
      }
    }
  }
  return { paint };
}

function paintWing(frame, width, x, y, reach, lift, color) {
  for (let step = 0; step <= 16; step += 1) {
    const along = step / 16;
    dab(
      frame,
      width,
      x + reach * along,
      y + lift * Math.sin(along * 2.3),
      1.15 * (1 - along * 0.75) + 0.1,
      color,
    );
  }
}

function dab(frame, width, x, y, radius, color) {
  for (let row = Math.floor(y - 2); row <= y + 2; row += 1) {
    for (let column = Math.floor(x - 2); column <= x + 2; column += 1) {
      if (column < 0 || column >= width || row < 0) continue;
      const cover = 0.55 * clamp(radius + 0.5 - Math.hypot(column - x, row - y));
      const at = (row * width + column) * 3;
      for (let channel = 0; channel < 3; channel += 1)
        frame[at + channel] += (color[channel] - frame[at + channel]) * cover;
    }
  }
}
