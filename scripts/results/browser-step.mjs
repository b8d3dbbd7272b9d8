import { ensureBrowser, ensureFirefox, NoBrowserError } from '../browser.mjs';
import { isCi } from '../setup/environment.mjs';
import { NO_TESTS } from './count-tests.mjs';

/** @typedef {import('./summary.mjs').StepResult} StepResult */
/** @typedef {{ executablePath: string | null, result: StepResult }} BrowserStep */
/** @typedef {import('../setup/progress.mjs').Progress} Progress */

/**
 * @typedef {object} Wanted
 * @property {string} name The step's name in the summary.
 * @property {string} title
 * @property {string} skips What is skipped without it.
 * @property {() => Promise<import('../browser/probe-browser.mjs').Browser>} ensure
 */

/** @type {Wanted} */
const BROWSER = {
  name: 'browser',
  title: 'Browser',
  skips: 'stories and end-to-end tests',
  ensure: ensureBrowser,
};
/** @type {Wanted} */
const FIREFOX = { name: 'firefox', title: 'Firefox', skips: 'tests in Firefox', ensure: ensureFirefox };

/**
 * Finds or installs the browsers, one after the other: apt does not run twice at a time.
 *
 * @param {Progress} progress
 * @returns {Promise<{ browser: BrowserStep, firefox: BrowserStep }>}
 */
export async function prepareBrowsers(progress) {
  const browser = await prepare(progress, BROWSER);
  return { browser, firefox: await prepare(progress, FIREFOX) };
}

/**
 * Finds or installs a browser. Having none is a skip, said once and loudly, but a failure under CI; an unfit one is a failure.
 *
 * @param {Progress} progress
 * @param {Wanted} wanted
 * @returns {Promise<BrowserStep>}
 */
async function prepare(progress, { name, title, skips, ensure }) {
  const since = performance.now();
  const finish = (/** @type {StepResult['status']} */ status) => ({
    name,
    status,
    milliseconds: performance.now() - since,
    counts: NO_TESTS,
  });

  try {
    const browser = await progress.step(title, async (step) => {
      const found = await ensure();
      step.note(`${found.executablePath} ${found.version}`);
      return found;
    });
    return { executablePath: browser.executablePath, result: finish('passed') };
  } catch (error) {
    const message = error instanceof Error ? error.message : String(error);
    const isSkip = error instanceof NoBrowserError && !isCi;
    progress.print(isSkip ? `SKIPPED: ${skips}. ${message}` : message);
    return { executablePath: null, result: finish(isSkip ? 'skipped' : 'failed') };
  }
}
