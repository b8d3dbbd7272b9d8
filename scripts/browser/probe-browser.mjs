import fs from 'node:fs';
import path from 'node:path';
import { root } from '../setup/environment.mjs';

const CACHE_FILE = path.join(root, '.cache/browsers.json');

/** Raised when the probe asks more than before, so that old verdicts are not believed. */
const PROBE_VERSION = 1;

/** @typedef {{ executablePath: string, version: string }} Browser */
/** @typedef {import('./ask-browser.mjs').Verdict} Verdict */
/** @typedef {import('./kinds.mjs').BrowserKind} BrowserKind */

/**
 * Starts the browser and asks it for what the films need. Resolves with the browser; rejects with what is wrong and how to mend it.
 * A verdict holds until the executable changes.
 *
 * @param {BrowserKind} browser
 * @param {(executablePath: string) => Promise<Verdict>} ask
 * @param {string} executablePath
 * @returns {Promise<Browser>}
 */
export async function probeBrowser(browser, ask, executablePath) {
  if (!fs.existsSync(executablePath))
    throw new Error(`${executablePath} does not exist. Correct ${browser.variable}, or unset it.`);
  const key = fileKey(executablePath);
  const cache = readCache();
  const verdict = cache[key] ?? (await ask(executablePath));
  if (!(key in cache)) writeCache({ ...readCache(), [key]: verdict });

  if (verdict.missing.length > 0) throw new Error(verdictProblem(browser, executablePath, verdict));
  return { executablePath, version: verdict.version };
}

/**
 * @param {Pick<BrowserKind, 'fitAdvice' | 'variable'>} browser
 * @param {string} executablePath
 * @param {Verdict} verdict
 */
export function verdictProblem({ fitAdvice, variable }, executablePath, { version, missing }) {
  return (
    `${executablePath} (${version}) cannot play ${missing.join(', ')}. ` +
    `${fitAdvice}, and set ${variable} to its executable.`
  );
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
