// How fast a title is downloaded: the kit, Shaka's own storage, and a bare fetch loop that stores nothing; same title, same
// server, each in a browser profile of its own, interleaved. Usage: node bench/downloads.mjs [--rounds 5] [--protocol h1|h2] [--minutes 10]
// With --memory 200,2000 instead: how much memory titles of so many MB take while they are downloaded, the kit and a bare loop.
import fs from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import process from 'node:process';
import { fileURLToPath } from 'node:url';
import { parseArgs } from 'node:util';

import { build } from 'vite';

import { runInBrowser } from './downloads/browser.mjs';
import { watchRenderers } from './downloads/memory.mjs';
import { openOrigin } from './downloads/origin.mjs';
import { median, spread } from './licenses/statistics.mjs';

/** In segments of 4 s, at the bit rates of the demo's film in 360p. */
const SEGMENTS_A_MINUTE = 15;
const SEGMENT = { videoBytes: 106_000, audioBytes: 27_000 };
const MILLISECONDS = 40;
/** As many as the kit has under way. */
const PARALLEL = 24;
/** What Shaka can be set to; the best of them is what it is compared with. */
const SHAKA_SETTINGS = [0, 10, 20, 40];

const root = fileURLToPath(new URL('..', import.meta.url));
const { values } = parseArgs({
  options: {
    rounds: { type: 'string', default: '5' },
    protocol: { type: 'string' },
    minutes: { type: 'string', default: '10' },
    memory: { type: 'string' },
  },
});
const pages = fs.mkdtempSync(path.join(tmpdir(), 'secure-player-bench-'));

try {
  await buildPage();
  for (const megabytes of values.memory?.split(',') ?? []) await weigh(Number(megabytes));
  const protocols = values.memory === undefined ? /** @type {const} */ (['h1', 'h2']) : [];
  for (const protocol of protocols) {
    if (values.protocol === undefined || values.protocol === protocol) await compare(protocol);
  }
} finally {
  fs.rmSync(pages, { recursive: true });
}

/** @param {number} megabytes */
async function weigh(megabytes) {
  const shape = { segments: megabytes, videoBytes: 900_000, audioBytes: 100_000 };
  const origin = await openOrigin({ pages, shape, milliseconds: 0, protocol: 'h1' });
  for (const [run, argument] of /** @type {const} */ ([
    ['kit', 0],
    ['bare', PARALLEL],
  ])) {
    /** @type {number[]} */
    const peaks = [];
    for (let round = 0; round < Number(values.rounds); round += 1) {
      let end = () => 0;
      const onReady = async (/** @type {string} */ profile) => {
        end = await watchRenderers(profile);
      };
      await runInBrowser(origin, { run, argument, onReady });
      peaks.push(end());
    }
    console.log(`${megabytes} MB, ${run}: at most ${spread(peaks, 0)} MB above idle`);
  }
  origin.close();
}

/** @param {'h1' | 'h2'} protocol */
async function compare(protocol) {
  const shape = { ...SEGMENT, segments: Number(values.minutes) * SEGMENTS_A_MINUTE };
  const origin = await openOrigin({ pages, shape, milliseconds: MILLISECONDS, protocol });
  /** @type {Map<string, number[]>} */
  const times = new Map();
  const measure = async (/** @type {string} */ run, /** @type {number} */ argument) => {
    const name = `${run} ${argument}`;
    times.set(name, [...(times.get(name) ?? []), await runInBrowser(origin, { run, argument })]);
  };

  for (let round = 0; round < Number(values.rounds); round += 1) {
    await measure('kit', 0);
    for (const parallel of SHAKA_SETTINGS) await measure('shaka', parallel);
    await measure('bare', PARALLEL);
  }
  origin.close();
  report(protocol, origin.bytes, times);
}

/** @param {string} protocol @param {number} bytes @param {Map<string, number[]>} times */
function report(protocol, bytes, times) {
  const of = (/** @type {string} */ name) => times.get(name) ?? [];
  const kit = of('kit 0');
  const shaka = SHAKA_SETTINGS.map((parallel) => of(`shaka ${parallel}`));
  const best = shaka.reduce((one, other) => (median(other) < median(one) ? other : one), shaka[0] ?? []);
  const ratio = (/** @type {number[]} */ others) =>
    spread(
      others.map((time, round) => time / (kit[round] ?? 1)),
      2,
    );

  console.log(`\n${protocol}, ${(bytes / 1e6).toFixed(1)} MB, ${MILLISECONDS} ms a request, milliseconds:`);
  for (const [name, list] of times) console.log(`  ${name.padEnd(10)} ${spread(list, 0)}`);
  console.log(`kit against shaka by default: ${ratio(shaka[0] ?? [])} times as fast`);
  console.log(`kit against shaka at its best: ${ratio(best)} times as fast`);
  console.log(`kit against a bare loop: ${ratio(of(`bare ${PARALLEL}`))}`);
}

async function buildPage() {
  const source = path.join(pages, 'index.html');
  fs.writeFileSync(
    source,
    `<!doctype html><script type="module">import '${path.join(root, 'bench/downloads/page.mjs')}';</script>`,
  );
  const shaka = 'node_modules/shaka-player/dist/shaka-player.compiled.js';
  await build({
    root: pages,
    configFile: false,
    logLevel: 'error',
    // The page lies outside of the workspaces, whose packages it is made of.
    resolve: { alias: { '/bench': path.join(root, 'bench') } },
    build: { outDir: pages, emptyOutDir: false, target: 'es2022' },
  });
  // As it is published: its storage is in the full build alone, which the kit does not use.
  fs.copyFileSync(path.join(root, shaka), path.join(pages, 'shaka.js'));
  const built = fs.readFileSync(source, 'utf8');
  fs.writeFileSync(
    source,
    built.replace('<!doctype html>', '<!doctype html><script src="/shaka.js"></script>'),
  );
}

process.on('unhandledRejection', (error) => {
  throw error;
});
