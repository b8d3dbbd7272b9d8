// What a download saves a viewer: from the click to the first frame, from this device with no network and from the network
// with 40 ms to each answer, side by side in one run, in a browser with a profile on the disk. The player's code is on the page
// both times. Usage: node bench/first-frame.mjs [--rounds 15] [--steps]
import { randomBytes } from 'node:crypto';
import { once } from 'node:events';
import fs from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import process from 'node:process';
import { setTimeout as delay } from 'node:timers/promises';
import { fileURLToPath } from 'node:url';
import { parseArgs } from 'node:util';

import { serve } from '@hono/node-server';
import { chromium } from '@playwright/test';
import { widevine } from '@secure-player/virtual-cdm';
import { addVirtualCdm } from '@secure-player/virtual-cdm/playwright';
import { createDemoSite, prepareTitles } from 'demo/server';
import { build } from 'vite';

import { chromiumArguments, findBrowser } from '../scripts/browser.mjs';
import { spread } from './licenses/statistics.mjs';

const MILLISECONDS = 40;
const KEY_SEED = new TextEncoder().encode('the key seed of the benchmarks, which protects nothing');
const FILM = 'first-light';
const TYPES = { '.html': 'text/html; charset=utf-8', '.js': 'text/javascript', '.css': 'text/css' };

/** @typedef {{ name: string, keySystem: string, isVirtual: boolean, mode: string }} Case */
/** @typedef {{ time: number, steps: { name: string, at: number, ms: number }[] }} Start */

/** @typedef {{ offline: number[], online: number[], waited: number[] }} Times Milliseconds, by round. */

/** @type {readonly Case[]} */
const CASES = [
  { name: 'Clear Key, native', keySystem: 'org.w3.clearkey', isVirtual: false, mode: 'vault' },
  { name: 'Widevine, virtual', keySystem: 'com.widevine.alpha', isVirtual: true, mode: 'persistent' },
];

const root = fileURLToPath(new URL('..', import.meta.url));
const { values } = parseArgs({
  options: { rounds: { type: 'string', default: '15' }, steps: { type: 'boolean', default: false } },
});
const pages = path.join(root, '.cache/bench-first-frame');
const site = await openSite();

try {
  for (const one of CASES) await compare(one);
} finally {
  site.close();
  fs.rmSync(pages, { recursive: true });
}

/** @param {Case} one */
async function compare(one) {
  const profile = fs.mkdtempSync(path.join(tmpdir(), 'secure-player-bench-'));
  const { executablePath } = await findBrowser();
  const context = await chromium.launchPersistentContext(profile, {
    executablePath,
    args: [...chromiumArguments],
  });
  if (one.isVirtual) await addVirtualCdm(context, { systems: [widevine()] });

  try {
    await download(context, one);
    /** @type {Times} */
    const times = { offline: [], online: [], waited: [] };
    // The first round warms the browser and the server.
    for (let round = -1; round < Number(values.rounds); round += 1) {
      const online = await play(context, one, false);
      const offline = await play(context, one, true);
      if (round < 0) continue;
      times.online.push(online.time);
      times.offline.push(offline.time);
      times.waited.push(waitedFor(offline));
      if (values.steps) printSteps(offline);
    }
    report(one, times);
  } finally {
    await context.close();
    fs.rmSync(profile, { recursive: true, force: true });
  }
}

/** @param {import('@playwright/test').BrowserContext} context @param {Case} one */
async function download(context, { keySystem, mode }) {
  const page = await openPage(context, true);
  const kept = await page.evaluate(
    ([source, system]) => Reflect.get(globalThis, 'bench').download(source, system),
    /** @type {const} */ ([await site.openSession(), keySystem]),
  );
  if (kept !== mode) throw new Error(`The license is kept as ${kept}.`);
  await page.close();
}

/**
 * @param {import('@playwright/test').BrowserContext} context @param {Case} one @param {boolean} isOffline
 * @returns {Promise<Start>}
 */
async function play(context, { keySystem }, isOffline) {
  const source = await site.openSession();
  const page = await openPage(context);
  const browser = await context.newCDPSession(page);
  await browser.send('Network.clearBrowserCache');
  await page.evaluate(
    async ([document, system, offline]) => {
      const bench = Reflect.get(globalThis, 'bench');
      await bench.ready();
      bench.arm(document, system, offline);
    },
    /** @type {const} */ ([source, keySystem, isOffline]),
  );

  /** @type {string[]} */
  const requests = [];
  page.on('request', (request) => {
    const { protocol, pathname } = new URL(request.url());
    if (protocol.startsWith('http')) requests.push(pathname);
  });
  await context.setOffline(isOffline);
  await page.getByRole('button').click();
  const start = await page.evaluate(() => Reflect.get(globalThis, 'result'));
  if (isOffline && requests.length > 0) throw new Error(`It asked for ${requests.join(', ')}.`);
  await context.setOffline(false);
  await page.close();
  return start;
}

/** @param {import('@playwright/test').BrowserContext} context @param {boolean} isFirst Nothing is here yet. */
async function openPage(context, isFirst = false) {
  const page = await context.newPage();
  const settled = isFirst ? null : page.waitForResponse(/\/v1\/offline-licenses\//);
  await page.goto(`${site.url}?token=${site.token}`);
  // The last that downloads do when a page is opened: they ask whether the license still stands.
  await settled;
  return page;
}

/** The entitlement server of the demo, slowed down, and the page, which is not. */
async function openSite() {
  await buildPage();
  const mediaRoot = path.join(root, '.cache/bench-media');
  const titles = await prepareTitles({ mediaRoot, keySeed: KEY_SEED });
  const { app, handles } = createDemoSite({
    titles,
    mediaRoot,
    keySeed: KEY_SEED,
    clientRoot: null,
    rateLimits: false,
    plans: {},
    log: () => {},
  });
  const server = serve({
    hostname: '127.0.0.1',
    port: 0,
    async fetch(request) {
      const { pathname } = new URL(request.url);
      if (!handles(pathname)) return pageFile(pathname);
      await delay(MILLISECONDS);
      return app.fetch(request);
    },
  });
  await once(server, 'listening');
  const { port } = /** @type {import('node:net').AddressInfo} */ (server.address());
  const url = `http://127.0.0.1:${port}/`;
  const { token } = await post(`${url}v1/login`, { username: 'premium', password: 'demo' });

  return {
    url,
    token,
    async openSession() {
      const body = { contentId: FILM, intent: 'play', format: 'dash' };
      const { source } = await post(`${url}v1/playback-sessions`, body, token);
      return source;
    },
    close() {
      server.close();
      if ('closeAllConnections' in server) server.closeAllConnections();
    },
  };
}

/** @param {string} url @param {object} body @param {string} [token] @returns {Promise<any>} */
async function post(url, body, token) {
  const answer = await fetch(url, {
    method: 'POST',
    headers: {
      'content-type': 'application/json',
      'idempotency-key': randomBytes(16).toString('hex'),
      ...(token !== undefined && { authorization: `Bearer ${token}` }),
    },
    body: JSON.stringify(body),
  });
  if (!answer.ok) throw new Error(`${new URL(url).pathname} answered ${answer.status}.`);
  return answer.json();
}

async function buildPage() {
  fs.mkdirSync(pages, { recursive: true });
  fs.writeFileSync(
    path.join(pages, 'index.html'),
    `<!doctype html><body><script type="module">import '${path.join(root, 'bench/first-frame/page.mjs')}';</script>`,
  );
  await build({
    root: pages,
    configFile: false,
    logLevel: 'error',
    build: {
      outDir: 'dist',
      chunkSizeWarningLimit: Number.POSITIVE_INFINITY,
      // All code comes with the page, as where a service worker has it: what is measured is the title.
      rollupOptions: { output: { codeSplitting: false } },
    },
  });
}

/** @param {string} pathname */
function pageFile(pathname) {
  const file = path.join(pages, 'dist', path.normalize(pathname === '/' ? '/index.html' : pathname));
  if (!fs.existsSync(file)) return new Response(null, { status: 404 });
  const type = TYPES[/** @type {keyof typeof TYPES} */ (path.extname(file))] ?? 'application/octet-stream';
  return new Response(fs.readFileSync(file), { headers: { 'content-type': type } });
}

/** @param {Case} one @param {Times} times */
function report({ name, mode }, { offline, online, waited }) {
  const ratios = offline.map((time, round) => time / (online[round] ?? Number.NaN));
  console.log(
    `${name}, ${mode}: ${offline.length} rounds, ${MILLISECONDS} ms to each answer of the network, from the click:`,
  );
  console.log(`  from the network   ${spread(online, 0)} ms`);
  console.log(`  from this device   ${spread(offline, 0)} ms`);
  console.log(`  ratio              ${spread(ratios, 2)}`);
  console.log(
    `  waited for what is kept: ${spread(waited, 0)} ms of that; the rest is the page, the player and the module`,
  );
}

/**
 * How long something was under way that was asked of the device, before the first frame.
 *
 * @param {Start} start
 */
function waitedFor({ time, steps }) {
  let [waited, until] = [0, 0];
  for (const { at, ms } of [...steps].sort((a, b) => a.at - b.at)) {
    const end = Math.min(at + ms, time);
    waited += Math.max(end - Math.max(at, until), 0);
    until = Math.max(until, end);
  }
  return waited;
}

/** @param {Start} start */
function printSteps({ time, steps }) {
  const list = steps.map(({ name, at, ms }) => `${name} ${at.toFixed(0)}+${ms.toFixed(0)}`);
  console.log(`    ${time.toFixed(0)} ms: ${list.join(', ')}`);
}

process.on('unhandledRejection', (error) => {
  throw error;
});
