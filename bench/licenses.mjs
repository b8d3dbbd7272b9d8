// Licenses per second through the proxy, against a bare Hono echo, in one run: PGlite, and PostgreSQL with one and two
// processes. Clear Key, three keys, the license server in the proxy's process. Every grant's use and every lease is kept
// before the answer: PGlite flushes each commit to the disk, PostgreSQL is as it comes (fsync and synchronous_commit on).
// Usage: node bench/licenses.mjs [--rounds 3] [--seconds 10] [--memory 200000] [--out figures.json]
// Servers run on the first processor, the load on the second. Needs `taskset` and Debian's `postgresql`.
import { execFileSync } from 'node:child_process';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { parseArgs } from 'node:util';

import { MeasuredServer } from './licenses/measured-server.mjs';
import { startPostgres } from './licenses/postgres.mjs';
import { median, spread } from './licenses/statistics.mjs';

const { values: options } = parseArgs({
  options: {
    rounds: { type: 'string', default: '3' },
    seconds: { type: 'string', default: '10' },
    memory: { type: 'string', default: '200000' },
    out: { type: 'string' },
  },
});
const rounds = Number(options.rounds);
const seconds = Number(options.seconds);
const SERVER_PROCESSOR = 0;
const LOAD_PROCESSOR = 1;
const CONNECTIONS = 64;
/** Requests before the clock starts, for the echo too: V8 compiles for tens of thousands of them, on the same processor. */
const WARM_UP = 30_000;

execFileSync('taskset', ['-cp', String(LOAD_PROCESSOR), String(process.pid)], { stdio: 'ignore' });

const folder = mkdtempSync(join(tmpdir(), 'secure-player-bench-'));
const postgres = await startPostgres();
/** @type {Record<string, { perSecond: number[], ratio: number[], halfLoadP99: number[] }>} */
const figures = {};

try {
  for (let round = 0; round < rounds; round += 1) {
    for (const [name, kind, processes] of /** @type {const} */ ([
      ['PGlite, survives power loss', 'pglite', 1],
      ['PGlite, survives the end of the process', 'pglite-process-kill', 1],
      ['PostgreSQL, one process', 'postgres', 1],
      ['PostgreSQL, two processes', 'postgres', 2],
      ['in memory, survives nothing', 'memory', 1],
    ])) {
      // Right before, each time: what else the machine does changes within minutes.
      const echo = await measureEcho();
      note('echo', { perSecond: echo, ratio: 1 });
      const measured = await measureLicenses(kind, processes, round);
      note(name, { ...measured, ratio: measured.perSecond / echo });
    }
  }
  for (const [name, { perSecond, ratio, halfLoadP99 }] of Object.entries(figures)) {
    const tail = halfLoadP99.length > 0 ? `; p99 at half that load ${spread(halfLoadP99, 0)} ms` : '';
    console.log(`${name}: ${spread(perSecond, 0)} a second, ${spread(ratio, 3)} of the echo${tail}`);
  }
  // Last, so that no failure here costs the figures above.
  const memory = await measureMemory(Number(options.memory));
  console.log(`memory of PGlite's process: ${memory.map(describeMemory).join('; ')}`);
  if (options.out) writeFileSync(options.out, JSON.stringify({ figures, memory }, null, 2));
} finally {
  await postgres.stop();
  rmSync(folder, { recursive: true, force: true });
}

async function measureEcho() {
  const server = await MeasuredServer.start('echo', { processor: SERVER_PROCESSOR });
  try {
    await server.load({ amount: WARM_UP, connections: CONNECTIONS });
    return (await server.load({ seconds, connections: CONNECTIONS })).perSecond;
  } finally {
    await server.stop();
  }
}

/**
 * @param {'pglite' | 'pglite-process-kill' | 'postgres' | 'memory'} kind
 * @param {number} processes
 * @param {number} round
 */
async function measureLicenses(kind, processes, round) {
  const environment = { BENCH_FOLDER: join(folder, `${kind}-${round}`), DATABASE_URL: postgres.url };
  /** @type {MeasuredServer[]} */
  const servers = [];
  try {
    for (let index = 0; index < processes; index += 1) {
      servers.push(await MeasuredServer.start(kind, { processor: SERVER_PROCESSOR, environment }));
    }
    const connections = CONNECTIONS / processes;
    await Promise.all(servers.map((server, index) => server.openSessions(index * connections, connections)));
    const load = async (/** @type {import('./licenses/measured-server.mjs').Load} */ how) =>
      Promise.all(servers.map((server) => server.load({ ...how, connections })));

    await load({ amount: WARM_UP / processes });
    const perSecond = sum((await load({ seconds })).map((result) => result.perSecond));
    const rate = perSecond / 2 / processes;
    const half = await Promise.all(
      servers.map((server, index) => server.arrivals({ seconds, rate, seed: 7 + index })),
    );
    return { perSecond, halfLoadP99: Math.max(...half.map(({ p99 }) => p99)) };
  } finally {
    for (const server of servers) await server.stop();
  }
}

/** @param {number} licenses */
async function measureMemory(licenses) {
  const environment = { BENCH_FOLDER: join(folder, 'memory') };
  const server = await MeasuredServer.start('pglite', { processor: SERVER_PROCESSOR, environment });
  const points = [];
  try {
    await server.openSessions(0, CONNECTIONS);
    const portion = licenses / 8;
    for (let done = portion; done <= licenses; done += portion) {
      await server.load({ amount: portion, connections: CONNECTIONS });
      points.push({ licenses: done, ...(await server.usage()) });
    }
    return points;
  } finally {
    await server.stop();
  }
}

/**
 * @param {string} name
 * @param {{ perSecond: number, ratio: number, halfLoadP99?: number }} measured
 */
function note(name, { perSecond, ratio, halfLoadP99 }) {
  const figure = (figures[name] ??= { perSecond: [], ratio: [], halfLoadP99: [] });
  figure.perSecond.push(perSecond);
  figure.ratio.push(ratio);
  if (halfLoadP99 !== undefined) figure.halfLoadP99.push(halfLoadP99);
  console.error(
    `${name}: ${perSecond.toFixed(0)} a second (median so far ${median(figure.perSecond).toFixed(0)})`,
  );
}

/** @param {{ licenses: number, heapUsed: number, rss: number }} point */
function describeMemory({ licenses, heapUsed, rss }) {
  return `${licenses} licenses ${mebibytes(heapUsed)} heap, ${mebibytes(rss)} resident`;
}

/** @param {number} bytes */
function mebibytes(bytes) {
  return `${(bytes / 2 ** 20).toFixed(0)} MiB`;
}

/** @param {readonly number[]} values */
function sum(values) {
  return values.reduce((total, value) => total + value, 0);
}
