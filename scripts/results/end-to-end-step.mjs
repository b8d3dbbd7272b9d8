import { CommandError, runNode } from '../setup/run-command.mjs';
import { NO_TESTS } from './count-tests.mjs';
import { PLAYWRIGHT_REPORT, readPlaywrightCounts } from './read-reports.mjs';

/** @typedef {import('./summary.mjs').StepResult} StepResult */
/** @typedef {import('./browser-step.mjs').BrowserStep} BrowserStep */

const PLAYWRIGHT = 'node_modules/@playwright/test/cli.js';

/**
 * Runs the end-to-end tests on what the build made. They come after the checks and not beside them: video that competes
 * for the processors drops frames.
 *
 * @param {import('../setup/progress.mjs').Progress} progress
 * @param {{ browser: BrowserStep, firefox: BrowserStep, canRun: boolean }} options
 * @returns {Promise<StepResult>}
 */
export async function runEndToEnd(progress, { browser, firefox, canRun }) {
  const name = 'end-to-end';
  const notRun = { name, milliseconds: 0, counts: NO_TESTS };
  if (!canRun) return { ...notRun, status: 'failed', note: 'not run: the build failed' };
  if (browser.executablePath === null) {
    return browser.result.status === 'skipped'
      ? { ...notRun, status: 'skipped', counts: { ...NO_TESTS, skipped: 1 }, note: 'no browser' }
      : { ...notRun, status: 'failed', note: 'not run: no browser' };
  }

  const since = performance.now();
  const env = {
    SECURE_PLAYER_BROWSER: browser.executablePath,
    // Without one, the tests that need it are not listed.
    ...(firefox.executablePath !== null && { SECURE_PLAYER_FIREFOX: firefox.executablePath }),
    PLAYWRIGHT_JSON_OUTPUT_FILE: PLAYWRIGHT_REPORT,
  };
  const hasPassed = await progress
    .step('End-to-end tests', () => runPlaywright(progress, env))
    .catch(() => false);
  return {
    name,
    status: hasPassed ? 'passed' : 'failed',
    milliseconds: performance.now() - since,
    counts: readPlaywrightCounts() ?? NO_TESTS,
  };
}

/**
 * @param {import('../setup/progress.mjs').Progress} progress
 * @param {Record<string, string>} env
 */
async function runPlaywright(progress, env) {
  try {
    await runNode('playwright test', [PLAYWRIGHT, 'test'], { env, onLine: (line) => progress.print(line) });
    return true;
  } catch (error) {
    // Its output has been shown already; the step is marked as failed by throwing on.
    if (error instanceof CommandError) error.output = '';
    throw error;
  }
}
