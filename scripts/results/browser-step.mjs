import { ensureBrowser, NoBrowserError } from '../browser.mjs';
import { isCi } from '../setup/environment.mjs';
import { NO_TESTS } from './count-tests.mjs';

/** @typedef {import('./summary.mjs').StepResult} StepResult */
/** @typedef {{ executablePath: string | null, result: StepResult }} BrowserStep */

/**
 * Finds or installs the browser. Having none is a skip, said once and loudly, but a failure under CI; an unfit one is a failure.
 *
 * @param {import('../setup/progress.mjs').Progress} progress
 * @returns {Promise<BrowserStep>}
 */
export async function prepareBrowser(progress) {
  const name = 'browser';
  const since = performance.now();
  const finish = (/** @type {StepResult['status']} */ status) => ({
    name,
    status,
    milliseconds: performance.now() - since,
    counts: NO_TESTS,
  });

  try {
    const browser = await progress.step('Browser', async (step) => {
      const found = await ensureBrowser();
      step.note(`${found.executablePath} ${found.version}`);
      return found;
    });
    return { executablePath: browser.executablePath, result: finish('passed') };
  } catch (error) {
    const message = error instanceof Error ? error.message : String(error);
    const isSkip = error instanceof NoBrowserError && !isCi;
    progress.print(isSkip ? `SKIPPED: end-to-end tests. ${message}` : message);
    return { executablePath: null, result: finish(isSkip ? 'skipped' : 'failed') };
  }
}
