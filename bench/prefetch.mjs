// What usePrefetch() saves a viewer: from the mount of <SecurePlayer> to the first frame, with and without it, side by side in
// one run, each in a browser context of its own with nothing cached, over a network that delays every answer.
// Usage: node bench/prefetch.mjs [rounds] [delay in ms]. Needs an installed and built checkout, and a browser.
import { once } from 'node:events';
import { mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import process from 'node:process';
import { setTimeout as delay } from 'node:timers/promises';
import { fileURLToPath } from 'node:url';

import { chromium } from '@playwright/test';
import { serve } from '@hono/node-server';
import { createDemoSite, prepareTitles } from 'demo/server';
import { build } from 'vite';

import { chromiumArguments, findBrowser } from '../scripts/browser.mjs';

const ROUNDS = Number(process.argv[2] ?? 15);
const DELAY_MS = Number(process.argv[3] ?? 60);
const KEY_SEED = new TextEncoder().encode('the key seed of the benchmarks, which protects nothing');
const ROOT = fileURLToPath(new URL('..', import.meta.url));

/** The page: it prefetches when it is told to, and mounts the player when it is told to. */
const PAGE = `
import { createElement } from 'react';
import { createRoot } from 'react-dom/client';
import { SecurePlayer, toSource, usePrefetch } from '@secure-player/react';
import '@secure-player/react/styles.css';

let prefetch = () => {};
const Prefetching = () => {
  prefetch = usePrefetch();
  return null;
};
const root = createRoot(document.getElementById('root'));
root.render(createElement(Prefetching));

globalThis.bench = {
  async load(contentId) {
    const response = await fetch('/v1/entitlements/' + contentId);
    globalThis.source = toSource((await response.json()).source);
  },
  async prefetch() {
    prefetch(globalThis.source);
    const came = (part) => performance.getEntriesByType('resource').some(({ name, responseEnd }) => name.includes(part) && responseEnd > 0);
    while (!came('.mpd') || !came('shaka-player')) await new Promise((resolve) => setTimeout(resolve, 10));
    await new Promise((resolve) => setTimeout(resolve, 200));
  },
  mount() {
    const since = performance.now();
    root.render(createElement(SecurePlayer, { source: globalThis.source, autoPlay: true, muted: true }));
    return new Promise((resolve, reject) => {
      const watch = () => {
        const video = document.querySelector('video');
        if (!video) return setTimeout(watch, 0);
        video.requestVideoFrameCallback(() => resolve(performance.now() - since));
        const player = document.querySelector('[data-secure-player]');
        new MutationObserver(() => {
          if (player.dataset.status === 'error') reject(new Error(player.dataset.errorCode));
        }).observe(player, { attributes: true });
      };
      watch();
    });
  },
};
`;

/** @typedef {{ name: string, prefetches: boolean }} Candidate The first one is what the others are compared with. */

/** @type {readonly Candidate[]} The second is the first again: how much two equal runs differ. */
const CANDIDATES = [
  { name: 'without', prefetches: false },
  { name: 'without, again', prefetches: false },
  { name: 'with prefetch', prefetches: true },
];

const mediaRoot = mkdtempSync(join(tmpdir(), 'secure-player-bench-'));
const pages = join(ROOT, '.cache/bench-prefetch');
try {
  await buildPage();
  const titles = await prepareTitles({ mediaRoot, keySeed: KEY_SEED });
  const preview = titles.find(({ access }) => access === 'free');
  if (!preview) throw new Error('The demo has no free title.');
  const site = createDemoSite({ titles, mediaRoot, keySeed: KEY_SEED, clientRoot: null, log: () => {} });
  const server = serve({ fetch: withDelay(site), hostname: '127.0.0.1', port: 0 });
  await once(server, 'listening');
  const { port } = /** @type {import('node:net').AddressInfo} */ (server.address());

  try {
    report(await measure(`http://127.0.0.1:${port}/`, preview.id));
  } finally {
    server.close();
  }
} finally {
  rmSync(mediaRoot, { recursive: true, force: true });
  rmSync(pages, { recursive: true, force: true });
}

async function buildPage() {
  mkdirSync(pages, { recursive: true });
  writeFileSync(join(pages, 'main.js'), PAGE);
  writeFileSync(
    join(pages, 'index.html'),
    '<!doctype html><div id="root"></div><script type="module" src="./main.js"></script>',
  );
  await build({ root: pages, configFile: false, logLevel: 'error', build: { outDir: 'dist' } });
}

/**
 * Every answer comes as late as over a real network, and nothing else is in the way.
 *
 * @param {import('demo/server').DemoSite} site
 * @returns {(request: Request) => Promise<Response>}
 */
function withDelay(site) {
  return async (request) => {
    const { pathname } = new URL(request.url);
    await delay(DELAY_MS);
    if (site.handles(pathname)) return site.app.fetch(request);

    const file = pathname === '/' ? 'index.html' : pathname.slice(1);
    const type = file.endsWith('.js') ? 'text/javascript' : file.endsWith('.css') ? 'text/css' : 'text/html';
    return new Response(readFileSync(join(pages, 'dist', file)), { headers: { 'Content-Type': type } });
  };
}

/**
 * @param {string} url
 * @param {string} contentId
 * @returns {Promise<number[][]>} Milliseconds, by round and candidate.
 */
async function measure(url, contentId) {
  const { executablePath } = await findBrowser();
  const browser = await chromium.launch({ executablePath, args: [...chromiumArguments] });
  const results = [];

  try {
    for (let round = -1; round < ROUNDS; round += 1) {
      const times = [];
      for (const { prefetches } of CANDIDATES) {
        const context = await browser.newContext();
        const page = await context.newPage();
        await page.goto(url);
        times.push(
          await page.evaluate(
            async ([id, ahead]) => {
              const bench = Reflect.get(globalThis, 'bench');
              await bench.load(id);
              if (ahead) await bench.prefetch();
              return bench.mount();
            },
            /** @type {const} */ ([contentId, prefetches]),
          ),
        );
        await context.close();
      }
      // The first round warms the browser and the server.
      if (round >= 0) results.push(times);
    }
    return results;
  } finally {
    await browser.close();
  }
}

/** @param {readonly (readonly number[])[]} rounds */
function report(rounds) {
  console.log(
    `${rounds.length} rounds, interleaved, ${DELAY_MS} ms added to each answer; mount to first frame`,
  );
  for (const [index, { name }] of CANDIDATES.entries()) {
    const times = rounds.map((round) => round[index] ?? Number.NaN);
    const ratios = rounds.map((round) => (round[index] ?? Number.NaN) / (round[0] ?? Number.NaN));
    console.log(`${name.padEnd(15)} ${spread(times, 0)} ms   ratio to the first ${spread(ratios, 2)}`);
  }
}

/**
 * Median, and the tenth and ninetieth percentiles.
 *
 * @param {readonly number[]} values
 * @param {number} digits
 */
function spread(values, digits) {
  const sorted = [...values].sort((a, b) => a - b);
  const at = (/** @type {number} */ share) =>
    (sorted[Math.floor(share * (sorted.length - 1))] ?? Number.NaN).toFixed(digits);
  return `${at(0.5)} (${at(0.1)} to ${at(0.9)})`;
}
