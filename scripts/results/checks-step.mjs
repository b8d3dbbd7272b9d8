import { POSTGRES_VARIABLE } from '../postgres.mjs';
import { TURBO } from '../setup/build.mjs';
import { CommandError, runNode } from '../setup/run-command.mjs';
import { addCounts, NO_TESTS } from './count-tests.mjs';
import { readVitestCounts, removeReports } from './read-reports.mjs';
import { readSummary, removeSummaries } from './turbo-summary.mjs';

/** @typedef {import('./summary.mjs').StepResult} StepResult */

/** Turbo's names for everything but the end-to-end tests. */
const TASKS = [
  'build',
  'storybook:build',
  'examples:build',
  'typecheck',
  'test',
  'test:scripts',
  'lint',
  'format',
  'layers',
  'knip',
  'package-check',
  'size',
];

/**
 * Runs the checks through turbo. A failed one does not keep the others from running, unless they need its output.
 *
 * @param {import('../setup/progress.mjs').Progress} progress
 * @param {{ postgresFolder: string | null }} options
 * @returns {Promise<{ isBuilt: boolean, results: StepResult[] }>}
 */
export async function runChecks(progress, { postgresFolder }) {
  removeReports();
  removeSummaries();
  const problem = await runTurbo(
    progress,
    postgresFolder === null ? {} : { [POSTGRES_VARIABLE]: postgresFolder },
  );

  const tasks = readSummary();
  if (tasks === null) {
    return {
      isBuilt: false,
      results: [{ name: 'turbo', status: 'failed', milliseconds: 0, counts: NO_TESTS, ...problem }],
    };
  }
  const results = TASKS.map((name) =>
    toResult(
      name,
      tasks.find((task) => task.name === name),
    ),
  );
  const builds = results.filter(({ name }) => name === 'build' || name === 'storybook:build');
  return { isBuilt: builds.every(({ status }) => status === 'passed'), results };
}

/**
 * @param {string} name
 * @param {import('./turbo-summary.mjs').TaskResult | undefined} task Undefined when what it depends on failed.
 * @returns {StepResult}
 */
function toResult(name, task) {
  if (task === undefined) {
    return { name, status: 'failed', milliseconds: 0, counts: NO_TESTS, note: 'not run: the build failed' };
  }
  const { milliseconds, isCached, failedIn, passedIn } = task;
  const reports = reportsOf(name);
  const isUnreported = reports !== null && reports.length < passedIn.length;
  const notes = [
    failedIn.join(', '),
    isUnreported
      ? 'a workspace wrote no report: its tests must run with the vitest.config.ts of the root'
      : '',
    isCached ? 'cached' : '',
  ];
  return {
    name,
    status: failedIn.length > 0 || isUnreported ? 'failed' : 'passed',
    milliseconds,
    counts: addCounts(reports ?? []),
    note: notes.filter(Boolean).join('; '),
  };
}

/**
 * @param {string} task
 * @returns {import('./count-tests.mjs').Counts[] | null} Null for a task that is not of tests.
 */
function reportsOf(task) {
  if (task === 'test') return readVitestCounts('workspaces');
  if (task === 'test:scripts') return readVitestCounts('root');
  return null;
}

/**
 * @param {import('../setup/progress.mjs').Progress} progress
 * @param {Record<string, string>} env
 * @returns {Promise<{ note?: string }>}
 */
async function runTurbo(progress, env) {
  const args = [
    'run',
    ...TASKS,
    '--summarize',
    // Every task uses all processors by itself: more tasks than processors only take each other's time.
    '--concurrency=100%',
    '--output-logs=errors-only',
    '--continue=dependencies-successful',
  ];
  const color = process.stdout.isTTY ? { FORCE_COLOR: '1' } : {};
  try {
    await progress.step('Checks and unit tests', () =>
      runNode('turbo', [TURBO, ...args], { env: { ...color, ...env } }),
    );
    return {};
  } catch (error) {
    if (!(error instanceof CommandError)) throw error;
    progress.print(error.output.trim());
    return { note: error.message };
  }
}
