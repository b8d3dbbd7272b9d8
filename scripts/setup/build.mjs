import { runNode } from './run-command.mjs';

/** The program behind the `turbo` command. */
export const TURBO = 'node_modules/turbo/bin/turbo';

/**
 * Builds the demo and all it needs; turbo's cache makes it a second when nothing changed.
 *
 * @param {import('./progress.mjs').Progress} progress
 * @param {string} filter A turbo filter: `demo...`, `./packages/*`.
 */
export async function ensureBuild(progress, filter) {
  await progress.step('Build', async (step) => {
    const output = await runNode('turbo run build', [
      TURBO,
      'run',
      'build',
      `--filter=${filter}`,
      '--output-logs=errors-only',
    ]);
    if (output.includes('FULL TURBO')) step.note('nothing changed');
  });
}
