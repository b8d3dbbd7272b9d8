// Draws the premiere as an SVG that reads in light and in dark.

/** @typedef {{ label: string, points: readonly (readonly [number, number])[] }} Line */

/**
 * @typedef {object} Panel
 * @property {string} title
 * @property {string} across What the horizontal axis counts.
 * @property {readonly Line[]} lines
 * @property {boolean} [isLogarithmic]
 * @property {(value: number) => string} describe
 */

const PANEL = { width: 440, height: 300, left: 62, right: 16, top: 44, bottom: 46 };
const COLORS = ['#2563eb', '#c2410c', '#15803d', '#7e22ce'];
const TICKS = 4;

/** @param {readonly Panel[]} panels */
export function drawPanels(panels) {
  const width = PANEL.width * panels.length;
  return `<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 ${width} ${PANEL.height}" width="${width}" height="${PANEL.height}" role="img" font-family="system-ui, sans-serif" font-size="12">
<style>
  .page { fill: #ffffff } text { fill: #1f2937 } .axis { stroke: #9ca3af } .grid { stroke: #e5e7eb }
  @media (prefers-color-scheme: dark) {
    .page { fill: #0d1117 } text { fill: #e5e7eb } .axis { stroke: #6b7280 } .grid { stroke: #1f2937 }
  }
</style>
<rect class="page" width="${width}" height="${PANEL.height}"/>
${panels.map((panel, index) => `<g transform="translate(${index * PANEL.width} 0)">${drawPanel(panel)}</g>`).join('\n')}
</svg>
`;
}

/** @param {Panel} panel */
function drawPanel({ title, across, lines, isLogarithmic = false, describe }) {
  const all = lines.flatMap(({ points }) => points);
  const longest = Math.max(...all.map(([x]) => x));
  const shortest = Math.min(...all.map(([x]) => x));
  const values = all.map(([, y]) => y);
  const [low, high] = isLogarithmic
    ? [Math.floor(Math.log10(Math.min(...values))), Math.ceil(Math.log10(Math.max(...values)))]
    : [0, roundUp(Math.max(...values))];
  const inner = {
    width: PANEL.width - PANEL.left - PANEL.right,
    height: PANEL.height - PANEL.top - PANEL.bottom,
  };
  const x = (/** @type {number} */ value) =>
    PANEL.left + ((value - shortest) / (longest - shortest)) * inner.width;
  const y = (/** @type {number} */ value) => {
    const level = isLogarithmic ? Math.log10(value) : value;
    return PANEL.top + inner.height * (1 - (level - low) / (high - low));
  };

  const steps = isLogarithmic ? high - low : TICKS;
  const rows = Array.from({ length: steps + 1 }, (_, step) => {
    const level = low + ((high - low) * step) / steps;
    return isLogarithmic ? 10 ** level : level;
  });
  const columns = Array.from({ length: TICKS + 1 }, (_, step) =>
    Math.round(shortest + ((longest - shortest) * step) / TICKS),
  );
  return [
    `<text x="${PANEL.left}" y="20" font-weight="600">${title}</text>`,
    ...rows.map(
      (value) =>
        `<line class="grid" x1="${PANEL.left}" x2="${PANEL.width - PANEL.right}" y1="${y(value)}" y2="${y(value)}"/><text x="${PANEL.left - 6}" y="${y(value) + 4}" text-anchor="end">${describe(value)}</text>`,
    ),
    ...columns.map(
      (value) =>
        `<text x="${x(value)}" y="${PANEL.height - PANEL.bottom + 18}" text-anchor="middle">${value}</text>`,
    ),
    `<line class="axis" x1="${PANEL.left}" x2="${PANEL.width - PANEL.right}" y1="${PANEL.height - PANEL.bottom}" y2="${PANEL.height - PANEL.bottom}"/>`,
    `<text x="${PANEL.left + inner.width / 2}" y="${PANEL.height - 8}" text-anchor="middle">${across}</text>`,
    ...lines.map(({ points }, index) => {
      const path = points.map(([px, py]) => `${x(px).toFixed(1)},${y(py).toFixed(1)}`).join(' ');
      return `<polyline points="${path}" fill="none" stroke="${COLORS[index % COLORS.length]}" stroke-width="2"/>`;
    }),
    ...lines.map(({ label }, index) => {
      const top = PANEL.top + 6 + index * 16;
      const left = PANEL.width - PANEL.right - 6;
      return `<text x="${left - 16}" y="${top + 4}" text-anchor="end">${label}</text><line x1="${left - 12}" x2="${left}" y1="${top}" y2="${top}" stroke="${COLORS[index % COLORS.length]}" stroke-width="2"/>`;
    }),
  ].join('\n');
}

/** @param {number} value */
function roundUp(value) {
  const size = 10 ** Math.floor(Math.log10(value));
  return Math.ceil(value / size) * size;
}
