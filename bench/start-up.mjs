// How long a newcomer waits: `npm start` in a fresh clone until the film plays, and later starts until the address.
// Usage: node bench/start-up.mjs [number of later starts]. Needs an installed checkout for Playwright and a browser.
import { execFileSync, spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import process from 'node:process';
import { createInterface } from 'node:readline';

import { chromium } from '@playwright/test';
import { readTestPattern } from '@secure-player/packaging';
import { PNG } from 'pngjs';

import { chromiumArguments, findBrowser } from '../scripts/browser.mjs';

const laterStarts = Number(process.argv[2] ?? 5);
const clone = mkdtempSync(join(tmpdir(), 'secure-player-bench-'));

try {
  execFileSync('git', ['clone', '--quiet', '--no-local', '.', clone]);
  const first = await measure({ plays: true });
  console.log(
    `fresh clone: address after ${seconds(first.address)}, film on screen after ${seconds(first.film)}`,
  );

  const later = [];
  for (let run = 0; run < laterStarts; run += 1) later.push((await measure({ plays: false })).address);
  later.sort((a, b) => a - b);
  const median = later[Math.floor(later.length / 2)] ?? Number.NaN;
  const span = `${seconds(later[0] ?? Number.NaN)} to ${seconds(later.at(-1) ?? Number.NaN)}`;
  console.log(`later starts: address after ${seconds(median)} (median of ${later.length}, ${span})`);
  console.log(`ratio of first to later: ${(first.address / median).toFixed(1)}`);
} finally {
  rmSync(clone, { recursive: true, force: true });
}

/** @param {{ plays: boolean }} options */
async function measure({ plays }) {
  const since = performance.now();
  const server = spawn('npm', ['start'], {
    cwd: clone,
    stdio: ['ignore', 'pipe', 'inherit'],
    detached: true,
  });

  try {
    const url = await readAddress(server);
    const address = performance.now() - since;
    if (plays) await watchPreview(url);

    return { address, film: performance.now() - since };
  } finally {
    process.kill(-(server.pid ?? 0), 'SIGTERM');
    await once(server, 'exit');
  }
}

/** @param {import('node:child_process').ChildProcessByStdio<null, import('node:stream').Readable, null>} server */
async function readAddress(server) {
  for await (const line of createInterface({ input: server.stdout })) {
    const url = /http:\/\/\S+/.exec(line)?.[0];
    if (url) return url;
  }

  throw new Error('npm start ended without an address.');
}

/**
 * Plays the free preview until two pictures show different times.
 *
 * @param {string} url
 */
async function watchPreview(url) {
  const { executablePath } = await findBrowser();
  const browser = await chromium.launch({ executablePath, args: [...chromiumArguments] });

  try {
    const page = await browser.newPage();
    await page.goto(`${url}watch/first-light-preview`);
    await page.waitForSelector('[data-secure-player][data-status="ready"]');
    const video = page.locator('video');
    await video.evaluate(async (/** @type {HTMLVideoElement} */ element) => {
      element.muted = true;
      element.controls = false;
      await element.play();
    });

    const times = new Set();
    while (times.size < 2) {
      const reading = readTestPattern(PNG.sync.read(await video.screenshot()));
      if ('seconds' in reading) times.add(reading.seconds);
    }
  } finally {
    await browser.close();
  }
}

/** @param {number} milliseconds */
function seconds(milliseconds) {
  return `${(milliseconds / 1000).toFixed(1)} s`;
}
