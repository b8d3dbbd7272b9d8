// How fast a title is downloaded: the kit, Shaka's own storage, and a bare fetch loop that stores nothing; same title, same
// server, each in a browser profile of its own, interleaved. Usage: node bench/downloads.mjs [--rounds 5] [--protocol h1|h2]
// With --memory 200,2000 instead: how much memory titles of so many MB take while they are downloaded.
import fs from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import process from 'node:process';
import { fileURLToPath } from 'node:url';
import { parseArgs } from 'node:util';

import { chromium } from '@playwright/test';
import { build } from 'vite';

import { chromiumArguments, findBrowser } from '../scripts/browser.mjs';
import { watchRenderers } from './downloads/memory.mjs';
import { openOrigin } from './downloads/origin.mjs';
import { median, spread } from './licenses/statistics.mjs';

/** Ten minutes at the bit rates of the demo's film in 360p, in segments of 4 s. */
const SHAPE = { segments: 150, videoBytes: 106_000, audioBytes: 27_000 };
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
    memory: { type: 'string' },
  },
});
const pages = fs.mkdtempSync(path.join(tmpdir(), 'secure-player-bench-'));
const { executablePath } = await findBrowser();

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
  await inBrowser(origin.url, async (page, profile) => {
    const memory = watchRenderers(profile);
    const idle = memory.measure();
    const time = await page.evaluate(() => /** @type {any} */ (globalThis).runs.kit(0));
    const above = (memory.end() - idle).toFixed(0);
    console.log(
      `${megabytes} MB in ${(time / 1000).toFixed(0)} s: at most ${above} MB above ${idle.toFixed(0)} MB`,
    );
  });
  origin.close();
}

/** @param {'h1' | 'h2'} protocol */
async function compare(protocol) {
  const origin = await openOrigin({ pages, shape: SHAPE, milliseconds: MILLISECONDS, protocol });
  /** @type {Map<string, number[]>} */
  const times = new Map();
  const measure = async (/** @type {string} */ run, /** @type {number} */ argument) => {
    const name = `${run} ${argument}`;
    times.set(name, [...(times.get(name) ?? []), await runOnce(origin.url, run, argument)]);
  };

  for (let round = 0; round < Number(values.rounds); round += 1) {
    await measure('kit', 0);
    for (const parallel of SHAKA_SETTINGS) await measure('shaka', parallel);
    await measure('bare', PARALLEL);
  }
  origin.close();
  report(protocol, origin.bytes, times);
}

/** @param {string} url @param {string} run @param {number} argument */
async function runOnce(url, run, argument) {
  return await inBrowser(url, (page) =>
    page.evaluate(
      ([name, value]) => /** @type {any} */ (globalThis).runs[name](value),
      /** @type {const} */ ([run, argument]),
    ),
  );
}

/**
 * With a profile on the disk: a browser keeps the files of a private window in memory, and hands them from process to process.
 *
 * @template T
 * @param {string} url
 * @param {(page: import('@playwright/test').Page, profile: string) => Promise<T>} work
 */
async function inBrowser(url, work) {
  const profile = fs.mkdtempSync(path.join(tmpdir(), 'secure-player-bench-'));
  const context = await chromium.launchPersistentContext(profile, {
    executablePath,
    args: [...chromiumArguments, '--ignore-certificate-errors'],
    ignoreHTTPSErrors: true,
  });
  try {
    const page = await context.newPage();
    await page.goto(url);
    return await work(page, profile);
  } finally {
    await context.close();
    fs.rmSync(profile, { recursive: true, force: true });
  }
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
