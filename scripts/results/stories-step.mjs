import { CommandError, runNode } from '../setup/run-command.mjs';
import { NO_TESTS } from './count-tests.mjs';
import { readStoriesCounts } from './read-reports.mjs';

/** @typedef {import('./summary.mjs').StepResult} StepResult */
/** @typedef {import('./browser-step.mjs').BrowserStep} BrowserStep */

const VITEST = 'node_modules/vitest/vitest.mjs';

/**
 * Renders every story in the browser, runs its `play` function and lets axe look at it. They come after the checks, as the
 * end-to-end tests do: video that competes for the processors drops frames.
 *
 * @param {import('../setup/progress.mjs').Progress} progress
 * @param {{ browser: BrowserStep, canRun: boolean }} options
 * @returns {Promise<StepResult>}
 */
export async function runStories(progress, { browser, canRun }) {
  const name = 'stories';
  const notRun = { name, milliseconds: 0, counts: NO_TESTS };
  if (!canRun) return { ...notRun, status: 'failed', note: 'not run: the build failed' };
  if (browser.executablePath === null) {
    return browser.result.status === 'skipped'
      ? { ...notRun, status: 'skipped', counts: { ...NO_TESTS, skipped: 1 }, note: 'no browser' }
      : { ...notRun, status: 'failed', note: 'not run: no browser' };
  }

  const since = performance.now();
  const args = [VITEST, 'run', '--config', 'vitest.stories.config.ts'];
  const env = { SECURE_PLAYER_BROWSER: browser.executablePath };
  const hasPassed = await progress
    .step('Stories', () => runNode('vitest', args, { env }))
    .then(
      () => true,
      (error) => {
        if (!(error instanceof CommandError)) throw error;
        progress.print(error.output.trim());
        return false;
      },
    );
  return {
    name,
    status: hasPassed ? 'passed' : 'failed',
    milliseconds: performance.now() - since,
    counts: readStoriesCounts() ?? NO_TESTS,
  };
}
