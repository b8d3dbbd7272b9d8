import fs from 'node:fs';
import http from 'node:http';
import path from 'node:path';
import { root } from '../setup/environment.mjs';
import { chromiumArguments } from './arguments.mjs';

const CACHE_FILE = path.join(root, '.cache/browsers.json');

/** Raised when the probe asks more than before, so that old verdicts are not believed. */
const PROBE_VERSION = 1;

/** @typedef {{ executablePath: string, version: string }} Browser */
/** @typedef {{ version: string, missing: string[] }} Verdict */

/**
 * Starts the browser and asks it for what the films need. Resolves with the browser; rejects with what is wrong and how to mend it.
 * A verdict holds until the executable changes.
 *
 * @param {string} executablePath
 * @returns {Promise<Browser>}
 */
export async function probeBrowser(executablePath) {
  if (!fs.existsSync(executablePath))
    throw new Error(`${executablePath} does not exist. Correct SECURE_PLAYER_BROWSER, or unset it.`);
  const key = fileKey(executablePath);
  const cache = readCache();
  const verdict = cache[key] ?? (await askBrowser(executablePath));
  if (!(key in cache)) writeCache({ ...cache, [key]: verdict });

  if (verdict.missing.length > 0) throw new Error(verdictProblem(executablePath, verdict));
  return { executablePath, version: verdict.version };
}

/**
 * @param {string} executablePath
 * @param {Verdict} verdict
 */
export function verdictProblem(executablePath, { version, missing }) {
  return (
    `${executablePath} (${version}) cannot play ${missing.join(', ')}. ` +
    'Use Google Chrome, or a Chromium built with proprietary codecs (Debian: apt-get install chromium), ' +
    'and set SECURE_PLAYER_BROWSER to its executable.'
  );
}

/**
 * @param {string} executablePath
 * @returns {Promise<Verdict>}
 */
async function askBrowser(executablePath) {
  const { chromium } = await import('@playwright/test');
  const page = await serveBlankPage();
  try {
    const browser = await chromium
      .launch({ executablePath, args: [...chromiumArguments], timeout: 30_000 })
      .catch((error) => {
        throw new Error(`${executablePath} does not start: ${launchProblem(error)}`, { cause: error });
      });
    try {
      const tab = await browser.newPage();
      await tab.goto(page.url);
      return { version: browser.version(), missing: await tab.evaluate(findMissing) };
    } finally {
      await browser.close();
    }
  } finally {
    page.close();
  }
}

/** Runs in the browser. */
async function findMissing() {
  const needs = { 'H.264': 'video/mp4; codecs="avc1.640028"', AAC: 'audio/mp4; codecs="mp4a.40.2"' };
  const missing = Object.entries(needs).flatMap(([name, type]) =>
    MediaSource.isTypeSupported(type) ? [] : [name],
  );

  const videoCapabilities = [{ contentType: needs['H.264'] }];
  const access = navigator
    .requestMediaKeySystemAccess('org.w3.clearkey', [{ initDataTypes: ['cenc'], videoCapabilities }])
    .catch(() => null);
  return (await access) === null && missing.length === 0 ? ['Clear Key protected video'] : missing;
}

/** EME needs a secure context, which 127.0.0.1 is and about:blank is not. */
async function serveBlankPage() {
  const server = http.createServer((_, response) =>
    response.setHeader('content-type', 'text/html').end('<!doctype html>'),
  );
  await new Promise((resolve) => server.listen(0, '127.0.0.1', () => resolve(undefined)));
  const address = server.address();
  if (address === null || typeof address === 'string') throw new Error('The system gave no port.');
  return { url: `http://127.0.0.1:${address.port}/`, close: () => server.close() };
}

/** @param {string} executablePath */
function fileKey(executablePath) {
  const file = fs.realpathSync(executablePath);
  const { mtimeMs, size } = fs.statSync(file);
  return [PROBE_VERSION, executablePath, file, mtimeMs, size].join('|');
}

/** @returns {Record<string, Verdict>} */
function readCache() {
  try {
    return JSON.parse(fs.readFileSync(CACHE_FILE, 'utf8'));
  } catch {
    return {};
  }
}

/** @param {Record<string, Verdict>} cache */
function writeCache(cache) {
  fs.mkdirSync(path.dirname(CACHE_FILE), { recursive: true });
  fs.writeFileSync(CACHE_FILE, JSON.stringify(cache, null, 2));
}

/**
 * The one line of Playwright's long launch log that tells the cause.
 *
 * @param {unknown} error
 */
function launchProblem(error) {
  const lines = String(error instanceof Error ? error.message : error)
    .split('\n')
    .map((line) => line.replace(/^[\s-]*(\[[^\]]*\])*/, '').trim())
    .filter((line) => line !== '' && !line.includes('<launching>'));
  return (
    lines.find((line) => /shared librar|sandbox|snap|ENOENT|EACCES/i.test(line)) ??
    lines[0] ??
    'no reason given'
  );
}
