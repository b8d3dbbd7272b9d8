// The browsers of the tests: findBrowser() and findFirefox() for configurations, ensureBrowser() and ensureFirefox() for set-up.
// `node scripts/browser.mjs` prints where they are.
import fs from 'node:fs';
import process from 'node:process';
import { pathToFileURL } from 'node:url';
import { isRoot } from './browser/arguments.mjs';
import { askChromium, askFirefox } from './browser/ask-browser.mjs';
import { browserCandidates } from './browser/candidates.mjs';
import { chooseRoutes, installAdvice } from './browser/choose-route.mjs';
import { installByApt, installByPlaywright, playwrightExecutable } from './browser/install-browser.mjs';
import { CHROMIUM, FIREFOX } from './browser/kinds.mjs';
import { distributionId } from './browser/os-release.mjs';
import { probeBrowser } from './browser/probe-browser.mjs';
import { CommandError } from './setup/run-command.mjs';

export { chromiumArguments, withoutSpareRenderer } from './browser/arguments.mjs';

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
  return await takeFirst(false, await describeChromium());
}

/**
 * As {@link findBrowser}, and installs one where there is none.
 *
 * @returns {Promise<Browser>}
 */
export async function ensureBrowser() {
  return await takeFirst(true, await describeChromium());
}

/**
 * The Firefox to test with: SECURE_PLAYER_FIREFOX, else an installed one. Installs nothing.
 *
 * @returns {Promise<Browser>}
 */
export async function findFirefox() {
  return await takeFirst(false, describeFirefox());
}

/**
 * As {@link findFirefox}, and installs one where there is none and where that can be done.
 *
 * @returns {Promise<Browser>}
 */
export async function ensureFirefox() {
  return await takeFirst(true, describeFirefox());
}

/** Holds what {@link firefoxOption} has found, for the processes that this one starts. */
const FOUND_FIREFOX = 'SECURE_PLAYER_FOUND_FIREFOX';

/**
 * Where Firefox is, or why there is none, for the configuration of the tests; rejects when the one that was named is unfit. Each worker of the tests loads the
 * configuration again; they take what the first process has found, as looking may mean starting a browser.
 *
 * @returns {Promise<{ executablePath: string } | { missing: string }>}
 */
export async function firefoxOption() {
  const known = process.env[FOUND_FIREFOX];
  if (known !== undefined) return JSON.parse(known);

  const option = await findFirefox().then(
    ({ executablePath }) => ({ executablePath }),
    (error) => {
      if (error instanceof NoBrowserError) return { missing: error.message };
      throw error;
    },
  );
  process.env[FOUND_FIREFOX] = JSON.stringify(option);
  return option;
}

/**
 * What is known of the machine, and what can be done on it, with regard to one browser.
 *
 * @typedef {object} System
 * @property {import('./browser/kinds.mjs').BrowserKind} browser
 * @property {string | undefined} given
 * @property {string[]} installed
 * @property {string} distribution
 * @property {boolean} isRoot
 * @property {{ apt: () => Promise<string>, playwright: () => Promise<string> }} install
 * @property {(executablePath: string) => Promise<Browser>} probe
 * @property {(text: string) => void} warn
 */

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
  throw noneOf(unfit, system);
}

/**
 * What to say when no route led to a browser.
 *
 * @param {readonly string[]} unfit What is wrong with those that are there.
 * @param {System} system
 */
function noneOf(unfit, { browser, given, ...machine }) {
  const isMistake = unfit.length > 0 && (Boolean(given) || !browser.isOptional);
  if (isMistake) return new UnfitBrowserError(unfit.join('\n'));
  const reasons = unfit.length > 0 ? unfit.join('\n') : `There is no ${browser.name} here.`;
  return new NoBrowserError(`${reasons} To have one: ${installAdvice({ browser, ...machine })}.`);
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
      `No ${system.browser.name} is installed and none could be: ${reason} To have one: ${installAdvice(system)}.`,
    );
  }
}

/** @returns {Promise<System>} */
async function describeChromium() {
  const system = describeSystem(CHROMIUM, askChromium);
  const downloaded = await playwrightExecutable();
  return downloaded === null ? system : { ...system, installed: [...system.installed, downloaded] };
}

/** @returns {System} */
function describeFirefox() {
  return describeSystem(FIREFOX, askFirefox);
}

/**
 * @param {import('./browser/kinds.mjs').BrowserKind} browser
 * @param {(executablePath: string) => Promise<import('./browser/ask-browser.mjs').Verdict>} ask
 * @returns {System}
 */
function describeSystem(browser, ask) {
  const { env, platform } = process;
  return {
    browser,
    given: env[browser.variable],
    installed: browserCandidates(browser.places, { platform, env }).filter((file) => fs.existsSync(file)),
    distribution: distributionId(),
    isRoot,
    install: { apt: () => installByApt(browser), playwright: installByPlaywright },
    probe: (executablePath) => probeBrowser(browser, ask, executablePath),
    warn: (text) => console.error(text),
  };
}

/** @param {string} output */
function lastLine(output) {
  return output.trim().split('\n').at(-1) ?? '';
}

if (import.meta.url === pathToFileURL(process.argv[1] ?? '').href) {
  for (const ensure of [ensureBrowser, ensureFirefox]) {
    const { executablePath, version } = await ensure();
    console.log(`${executablePath} ${version}`);
  }
}
