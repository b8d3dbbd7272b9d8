// The browser of the tests: findBrowser() for configurations, ensureBrowser() for set-up. `node scripts/browser.mjs` prints its path.
import fs from 'node:fs';
import process from 'node:process';
import { pathToFileURL } from 'node:url';
import { isRoot } from './browser/arguments.mjs';
import { browserCandidates } from './browser/candidates.mjs';
import { chooseRoutes, installAdvice } from './browser/choose-route.mjs';
import { installByApt, installByPlaywright, playwrightExecutable } from './browser/install-browser.mjs';
import { distributionId } from './browser/os-release.mjs';
import { probeBrowser } from './browser/probe-browser.mjs';
import { CommandError } from './setup/run-command.mjs';

export { chromiumArguments } from './browser/arguments.mjs';

/** @typedef {import('./browser/probe-browser.mjs').Browser} Browser */
/** @typedef {import('./browser/choose-route.mjs').Route} Route */

/** No browser can be had on this machine; the message says why and what to do. */
export class NoBrowserError extends Error {
  /** @param {string} message */
  constructor(message) {
    super(message);
    this.name = 'NoBrowserError';
  }
}

/** A browser is there, but none that plays the films; the message names the fix. */
export class UnfitBrowserError extends Error {
  /** @param {string} message */
  constructor(message) {
    super(message);
    this.name = 'UnfitBrowserError';
  }
}

/**
 * The browser to test with: SECURE_PLAYER_BROWSER, else an installed Chrome or Chromium. Installs nothing.
 *
 * @returns {Promise<Browser>}
 */
export async function findBrowser() {
  return await takeFirst(false, await describeSystem());
}

/**
 * As {@link findBrowser}, and installs one where there is none.
 *
 * @returns {Promise<Browser>}
 */
export async function ensureBrowser() {
  return await takeFirst(true, await describeSystem());
}

/** @typedef {Awaited<ReturnType<typeof describeSystem>>} System */

/**
 * Tries the routes one after the other. Exported for its test.
 *
 * @param {boolean} mayInstall
 * @param {System} system
 * @returns {Promise<Browser>}
 */
export async function takeFirst(mayInstall, system) {
  /** @type {string[]} */
  const unfit = [];
  for (const route of chooseRoutes(system)) {
    const isInstall = route.kind === 'apt' || route.kind === 'playwright';
    if (isInstall && !mayInstall) continue;
    if (isInstall && unfit.length > 0) system.warn(`${unfit.join('\n')}\nInstalling another browser …`);

    for (const executablePath of await pathsOf(route, unfit, system)) {
      try {
        return await system.probe(executablePath);
      } catch (error) {
        unfit.push(error instanceof Error ? error.message : String(error));
      }
    }
  }
  if (unfit.length > 0) throw new UnfitBrowserError(unfit.join('\n'));
  throw new NoBrowserError(`There is no Chrome or Chromium here: ${installAdvice(system)}.`);
}

/**
 * The executables that a route leads to, installing on the way.
 *
 * @param {Route} route
 * @param {string[]} unfit What is already known to be wrong; it goes into the message when an installation fails.
 * @param {System} system
 */
async function pathsOf(route, unfit, system) {
  if (route.kind === 'given') return [route.executablePath];
  if (route.kind === 'installed') return route.candidates;
  try {
    return [await system.install[route.kind]()];
  } catch (error) {
    if (unfit.length > 0) return [];
    const reason =
      error instanceof CommandError ? `${error.message} ${lastLine(error.output)}` : String(error);
    throw new NoBrowserError(
      `No browser is installed and none could be: ${reason} To have one: ${installAdvice(system)}.`,
    );
  }
}

async function describeSystem() {
  const { env, platform } = process;
  const downloaded = await playwrightExecutable();
  const installed = browserCandidates({ platform, env }).filter((file) => fs.existsSync(file));
  return {
    given: env['SECURE_PLAYER_BROWSER'],
    installed: downloaded === null ? installed : [...installed, downloaded],
    distribution: distributionId(),
    isRoot,
    install: { apt: installByApt, playwright: installByPlaywright },
    probe: probeBrowser,
    warn: (/** @type {string} */ text) => console.error(text),
  };
}

/** @param {string} output */
function lastLine(output) {
  return output.trim().split('\n').at(-1) ?? '';
}

if (import.meta.url === pathToFileURL(process.argv[1] ?? '').href) {
  const { executablePath, version } = await ensureBrowser();
  console.log(`${executablePath} ${version}`);
}
