import process from 'node:process';
import { ensurePostgres, NoPostgresError } from '../postgres.mjs';
import { isCi } from '../setup/environment.mjs';
import { NO_TESTS } from './count-tests.mjs';

/** @typedef {import('./summary.mjs').StepResult} StepResult */

/**
 * Finds or installs the PostgreSQL of the store's tests. Having none is a skip, said once and loudly, but a failure under CI.
 *
 * @param {import('../setup/progress.mjs').Progress} progress
 * @returns {Promise<{ folder: string | null, result: StepResult }>} Null too where `DATABASE_URL` names a server.
 */
export async function preparePostgres(progress) {
  const since = performance.now();
  const finish = (/** @type {StepResult['status']} */ status) => ({
    name: 'postgresql',
    status,
    milliseconds: performance.now() - since,
    counts: NO_TESTS,
  });
  if (process.env['DATABASE_URL']) {
    return { folder: null, result: { ...finish('passed'), note: 'the one of DATABASE_URL' } };
  }

  try {
    const folder = await progress.step('PostgreSQL', async (step) => {
      const found = await ensurePostgres();
      step.note(found);
      return found;
    });
    return { folder, result: finish('passed') };
  } catch (error) {
    const message = error instanceof Error ? error.message : String(error);
    const isSkip = error instanceof NoPostgresError && !isCi;
    progress.print(isSkip ? `SKIPPED: tests on PostgreSQL. ${message}` : message);
    return { folder: null, result: finish(isSkip ? 'skipped' : 'failed') };
  }
}
