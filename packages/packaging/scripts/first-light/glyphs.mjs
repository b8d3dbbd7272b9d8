import { clamp } from './noise.mjs';

/** Points on an elliptical arc; angles in eighths of a turn, clockwise from three o’clock. */
const arc = (x, y, radiusX, radiusY, from, to) =>
  Array.from({ length: 17 }, (_, step) => {
    const angle = ((from + ((to - from) * step) / 16) * Math.PI) / 4;
    return [x + radiusX * Math.cos(angle), y + radiusY * Math.sin(angle)];
  });

/** Glyphs as strokes in a box 6 wide and 10 tall, y down. */
const GLYPHS = {
  0: [[...arc(3, 3, 2.7, 3, 4, 8), ...arc(3, 7, 2.7, 3, 0, 4), [0.3, 3]]],
  1: [
    [
      [1, 1.8],
      [3.4, 0],
      [3.4, 10],
    ],
  ],
  2: [[...arc(3, 2.8, 2.6, 2.8, 3.8, 8.9), [0.4, 10], [5.8, 10]]],
  3: [
    [...arc(3, 2.5, 2.4, 2.5, 4.2, 9.6), [2.6, 4.9]],
    [[2.6, 4.9], ...arc(3, 7.4, 2.7, 2.6, 6.4, 11.6)],
  ],
  4: [
    [
      [4.4, 10],
      [4.4, 0],
      [0.1, 7],
      [6, 7],
    ],
  ],
  5: [[[5.3, 0], [1.1, 0], [0.7, 4.6], ...arc(3, 6.7, 2.7, 3.3, 5.3, 11.4)]],
  6: [
    arc(3, 6.8, 2.7, 3.2, 0, 8),
    [
      [0.3, 6.8],
      [0.5, 4.6],
      [1.4, 2.2],
      [3.6, 0],
    ],
  ],
  7: [
    [
      [0.3, 0],
      [5.8, 0],
      [2.2, 10],
    ],
  ],
  8: [arc(3, 2.4, 2.3, 2.4, 0, 8), arc(3, 7.3, 2.7, 2.7, 0, 8)],
  9: [
    arc(3, 3.2, 2.7, 3.2, 0, 8),
    [
      [5.7, 3.2],
      [5.5, 5.4],
      [4.6, 7.8],
      [2.4, 10],
    ],
  ],
  p: [
    [
      [0.6, 3],
      [0.6, 13],
    ],
    arc(3, 6.5, 2.4, 3.4, 0, 8),
  ],
  ':': [
    [
      [1, 3],
      [1, 3.01],
    ],
    [
      [1, 8.4],
      [1, 8.41],
    ],
  ],
  '.': [
    [
      [1, 9.8],
      [1, 9.81],
    ],
  ],
};
const ADVANCE = { ':': 3.6, '.': 3.6, p: 8.2 };

/** Draws `text` with its cap top at `y` and caps `size` pixels tall; figures are all equally wide, so a running time stands still. */
export function drawText(image, text, x, y, size, color, weight = 1.05) {
  let pen = x;
  for (const character of text) {
    drawGlyph(image, GLYPHS[character], pen, y, size / 10, color, weight);
    pen += ((ADVANCE[character] ?? 8.2) * size) / 10;
  }
}

function drawGlyph(image, strokes, x, y, scale, color, weight) {
  const radius = Math.max(0.62, (weight * scale) / 2 + 0.15);
  for (let row = Math.floor(y - 3); row < y + 14 * scale + 3; row += 1) {
    for (let column = Math.floor(x - 3); column < x + 7 * scale + 3; column += 1) {
      const distance = Math.min(
        ...strokes.map((points) => distanceTo(points, (column + 0.5 - x) / scale, (row + 0.5 - y) / scale)),
      );
      const cover = clamp(radius + 0.5 - distance * scale);
      if (cover === 0) continue;
      const at = (row * image.width + column) * 4;
      for (let channel = 0; channel < 3; channel += 1)
        image.data[at + channel] += (color[channel] - image.data[at + channel]) * cover;
    }
  }
}

function distanceTo(points, x, y) {
  let nearest = Infinity;
  for (let index = 1; index < points.length; index += 1) {
    const [fromX, fromY] = points[index - 1];
    const [toX, toY] = points[index];
    const lengthSquared = (toX - fromX) ** 2 + (toY - fromY) ** 2;
    const along =
      lengthSquared === 0
        ? 0
        : clamp(((x - fromX) * (toX - fromX) + (y - fromY) * (toY - fromY)) / lengthSquared);
    nearest = Math.min(
      nearest,
      Math.hypot(x - fromX - along * (toX - fromX), y - fromY - along * (toY - fromY)),
    );
  }
  return nearest;
}
