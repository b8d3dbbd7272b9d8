import { expect, it } from 'vitest';
import { addCounts, countPlaywright, countsLine, countVitest } from './count-tests.mjs';

const report = { numPassedTests: 3, numFailedTests: 1, numPendingTests: 1, numTodoTests: 1 };

it('counts the tests of Vitest', () => {
  const testResults = [{ status: 'failed', assertionResults: [{ status: 'failed' }, { status: 'passed' }] }];
  expect(countVitest({ ...report, testResults })).toEqual({ passed: 3, failed: 1, skipped: 2 });
});

it('counts a file that does not load as a failure', () => {
  const testResults = [{ status: 'failed', assertionResults: [] }];
  expect(countVitest({ ...report, numFailedTests: 0, testResults }).failed).toBe(1);
});

it('counts a flaky end-to-end test and an error outside of tests as failures', () => {
  const stats = { expected: 4, unexpected: 1, flaky: 1, skipped: 2 };
  expect(countPlaywright({ stats, errors: [{}] })).toEqual({ passed: 4, failed: 3, skipped: 2 });
});

it('adds up, and names skipped tests only where there are some', () => {
  const sum = addCounts([
    { passed: 1, failed: 0, skipped: 0 },
    { passed: 2, failed: 1, skipped: 0 },
  ]);
  expect(countsLine(sum)).toBe('3 passed, 1 failed');
  expect(countsLine({ ...sum, skipped: 2 })).toBe('3 passed, 1 failed, 2 skipped');
});
