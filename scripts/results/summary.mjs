import { formatSeconds } from '../setup/progress.mjs';
import { addCounts, countsLine } from './count-tests.mjs';

/**
 * @typedef {object} StepResult
 * @property {string} name
 * @property {'passed' | 'failed' | 'skipped'} status
 * @property {number} milliseconds
 * @property {import('./count-tests.mjs').Counts} counts The tests that ran in it.
 * @property {string} [note]
 */

const MARKS = { passed: '✓', failed: '✗', skipped: '-' };

/**
 * Prints a line per step, the whole time, and as the last line the tests alone.
 *
 * @param {{ results: readonly StepResult[], milliseconds: number }} run
 * @returns {boolean} Whether nothing failed.
 */
export function printSummary({ results, milliseconds }) {
  console.log(`\n${summaryLines(results).join('\n')}\n\nIn ${formatSeconds(milliseconds)}.`);
  const counts = totalCounts(results);
  console.log(countsLine(counts));
  return counts.failed === 0;
}

/** @param {readonly StepResult[]} results */
export function summaryLines(results) {
  return results.map(({ name, status, milliseconds, counts, note }) => {
    const tests = counts.passed + counts.failed + counts.skipped > 0 ? countsLine(counts) : '';
    const details = [tests, note].filter(Boolean).join('; ');
    return `${MARKS[status]} ${name.padEnd(14)}${formatSeconds(milliseconds).padStart(12)}${details && `   ${details}`}`;
  });
}

/**
 * The tests of all steps. A step that failed without a failed test to show for it (lint, a crash) counts as one failure,
 * so that a red run never reads "0 failed".
 *
 * @param {readonly StepResult[]} results
 */
export function totalCounts(results) {
  return addCounts(
    results.map(({ status, counts }) =>
      status === 'failed' && counts.failed === 0 ? { ...counts, failed: 1 } : counts,
    ),
  );
}
