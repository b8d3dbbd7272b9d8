import http from 'node:http';
import { chromiumArguments } from './arguments.mjs';

/** @typedef {{ version: string, missing: string[] }} Verdict */

const LAUNCH_MS = 30_000;

/**
 * Asks a Chromium for what the films need.
 *
 * @param {string} executablePath
 * @returns {Promise<Verdict>}
 */
export async function askChromium(executablePath) {
  const { chromium } = await import('@playwright/test');
  const page = await serveBlankPage();
  try {
    const browser = await launched(
      executablePath,
      chromium.launch({ executablePath, args: [...chromiumArguments], timeout: LAUNCH_MS }),
    );
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

/**
 * Asks a Firefox for what the films need, in a profile of its own.
 *
 * @param {string} executablePath
 * @returns {Promise<Verdict>}
 */
export async function askFirefox(executablePath) {
  const { default: puppeteer } = await import('puppeteer-core');
  const page = await serveBlankPage();
  try {
    const browser = await launched(
      executablePath,
      puppeteer.launch({
        browser: 'firefox',
        executablePath,
        headless: true,
        timeout: LAUNCH_MS,
        // Nothing here asks for Widevine: a Firefox that was asked would go and fetch it, and end.
        extraPrefsFirefox: { 'media.eme.enabled': true, 'media.gmp-widevinecdm.enabled': false },
      }),
    );
    try {
      const tab = await browser.newPage();
      await tab.goto(page.url);
      const version = (await browser.version()).replace(/^firefox\//i, '');
      return { version, missing: await tab.evaluate(findMissing) };
    } finally {
      await browser.close();
    }
  } finally {
    page.close();
  }
}

/**
 * @template T
 * @param {string} executablePath
 * @param {Promise<T>} launch
 * @returns {Promise<T>}
 */
async function launched(executablePath, launch) {
  try {
    return await launch;
  } catch (error) {
    throw new Error(`${executablePath} does not start: ${launchProblem(error)}`, { cause: error });
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

/**
 * The one line of a driver's long launch log that tells the cause.
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
