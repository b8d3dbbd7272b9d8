// A premiere of 500,000 viewers, simulated with the service times that this machine was measured to have: how long the queue
// gets, how long viewers wait, and how many processes it takes. Writes docs/premiere.md and docs/premiere.svg.
// Usage: node bench/premiere.mjs [--seconds 10] [--seed 1]
import { execFileSync } from 'node:child_process';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { parseArgs } from 'node:util';

import { MeasuredServer } from './licenses/measured-server.mjs';
import { drawPanels } from './premiere/draw.mjs';
import { processesFor, seededRandom, simulate } from './premiere/simulate.mjs';

const { values: options } = parseArgs({
  options: { seconds: { type: 'string', default: '10' }, seed: { type: 'string', default: '1' } },
});
const seed = Number(options.seed);
const VIEWERS = 500_000;
const ARRIVAL_SECONDS = 60;
/** Seed 004: two hours, a new key each minute. */
const KEY_PERIODS = 120;
/** Within how many seconds all players notice a new key: they differ by what they have buffered. */
const ROTATION_SPREAD_SECONDS = 6;
const CONNECTIONS = 64;
const GOALS = [
  { p99: 0.05, words: '50 ms' },
  { p99: 1, words: '1 s' },
  { p99: 5, words: '5 s' },
];

const { perSecond, serviceSeconds } = await measure();
const evenly = arrivalsOf((random) => random() * ARRIVAL_SECONDS);
/** Half come in the first ten seconds, as after a countdown. */
const atOnce = arrivalsOf((random) => ARRIVAL_SECONDS * (1 - (1 - random()) ** (1 / 3.8)));
const rotation = arrivalsOf((random) => random() * ROTATION_SPREAD_SECONDS);
const load = VIEWERS / ARRIVAL_SECONDS;
const fewest = Math.floor(load / perSecond);

const shapes = [
  { name: 'evenly over 60 s', arrivals: evenly, atLeast: Math.max(1, fewest) },
  { name: 'half of them in the first 10 s', arrivals: atOnce, atLeast: Math.max(1, fewest) },
  {
    name: `all ${VIEWERS.toLocaleString('en')} at one key rotation, within ${ROTATION_SPREAD_SECONDS} s`,
    arrivals: rotation,
    atLeast: Math.max(1, fewest),
  },
].map((shape) => ({
  ...shape,
  needed: GOALS.map(({ p99 }) =>
    processesFor((count) => run(shape.arrivals, count), { p99, atLeast: shape.atLeast }),
  ),
}));
const [, premiere] = shapes;
const mostNeeded = premiere?.needed[0] ?? 1;
const counts = [...new Set([0.25, 0.5, 0.75, 1].map((share) => Math.max(1, Math.round(mostNeeded * share))))];
const shown = counts.map((count) => ({ count, outcome: run(atOnce, count) }));

writeFileSync(fromHere('../docs/premiere.svg'), draw());
writeFileSync(fromHere('../docs/premiere.md'), describe());
execFileSync('npx', ['oxfmt', fromHere('../docs/premiere.md')]);
console.log(describe());

/**
 * How long one license takes: the spread of single requests, scaled to what a busy process gets done, where many share
 * one statement and one flush.
 */
async function measure() {
  const folder = mkdtempSync(join(tmpdir(), 'secure-player-bench-'));
  const server = await MeasuredServer.start('pglite', {
    processor: 0,
    environment: { BENCH_FOLDER: join(folder, 'data') },
  });
  try {
    await server.openSessions(0, CONNECTIONS);
    // V8 compiles for tens of thousands of requests.
    await server.load({ amount: 30_000, connections: CONNECTIONS });
    const busy = await server.load({ seconds: Number(options.seconds), connections: CONNECTIONS });
    const single = await server.latencies(2000);
    const mean = single.reduce((sum, value) => sum + value, 0) / single.length;
    return {
      perSecond: busy.perSecond,
      serviceSeconds: single.map((value) => value / mean / busy.perSecond),
    };
  } finally {
    await server.stop();
    rmSync(folder, { recursive: true, force: true });
  }
}

/** @param {(random: () => number) => number} arrive */
function arrivalsOf(arrive) {
  const random = seededRandom(seed);
  return Float64Array.from({ length: VIEWERS }, () => arrive(random)).sort();
}

/**
 * @param {Float64Array} arrivals
 * @param {number} processes
 */
function run(arrivals, processes) {
  return simulate({ arrivals, serviceSeconds, processes, random: seededRandom(seed) });
}

function draw() {
  const range = Array.from({ length: 24 }, (_, step) =>
    Math.max(1, Math.round((mostNeeded * 1.2 * (step + 1)) / 24)),
  );
  return drawPanels([
    {
      title: 'Viewers who wait for their license',
      across: 'seconds after the start',
      lines: shown.slice(0, 3).map(({ count, outcome }) => ({
        label: `${count} processes`,
        points: outcome.queue.map((waiting, index) => /** @type {const} */ ([index + 1, waiting])),
      })),
      describe: (value) => Math.round(value).toLocaleString('en'),
    },
    {
      title: 'How long 99 of 100 wait at most',
      across: 'processes',
      isLogarithmic: true,
      lines: shapes.slice(0, 2).map(({ name, arrivals }) => ({
        label: name,
        points: range.map((count) => /** @type {const} */ ([count, run(arrivals, count).p99])),
      })),
      describe: (value) => (value < 1 ? `${Math.round(value * 1000)} ms` : `${Math.round(value)} s`),
    },
  ]);
}

function describe() {
  return `# A premiere: ${VIEWERS.toLocaleString('en')} viewers in ${ARRIVAL_SECONDS} seconds

Simulated by \`node bench/premiere.mjs\` as a queue before several processes, each of which takes as long for a license as
this project's test machine was measured to: ${perSecond.toFixed(0)} licenses a second for one process on one core, on PGlite,
every grant's use and every lease kept before the answer. Each viewer asks for one license, for all keys of the title.

![How many wait over time, and how long for how many processes](premiere.svg)

| viewers come | ${GOALS.map(({ words }) => `99 % within ${words}`).join(' | ')} |
| --- | ${GOALS.map(() => '---').join(' | ')} |
${shapes.map(({ name, needed }) => `| ${name} | ${needed.map((count) => `${count} processes`).join(' | ')} |`).join('\n')}

When half come in the first ten seconds:

| processes | longest queue | half wait | 99 % wait at most | give up (over 10 s) |
| --- | --- | --- | --- | --- |
${shown.map(({ count, outcome }) => `| ${count} | ${Math.max(...outcome.queue).toLocaleString('en')} | ${time(outcome.p50)} | ${time(outcome.p99)} | ${(outcome.late * 100).toFixed(1)} % |`).join('\n')}

**Rotating keys.** A match of two hours with a new key each minute has ${KEY_PERIODS} periods. A license for one key each
makes ${(VIEWERS * KEY_PERIODS).toLocaleString('en')} requests, every minute all viewers at once: the last line of the first table is
what each of those minutes takes. A license that holds the keys of the whole match, or a root key for keys embedded in the
media, makes ${VIEWERS.toLocaleString('en')}: the premiere is all there is, and rotations cost nothing.

**What it does not say.** Processes that share one PostgreSQL wait for it too; PGlite serves one process alone. Measured
figures of both are printed by \`node bench/licenses.mjs\`. Viewers who give up and try again would come twice; here nobody does.
`;
}

/** @param {number} seconds */
function time(seconds) {
  return seconds < 1 ? `${Math.round(seconds * 1000)} ms` : `${seconds.toFixed(1)} s`;
}

/** @param {string} path */
function fromHere(path) {
  return fileURLToPath(new URL(path, import.meta.url));
}
