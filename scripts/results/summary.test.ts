import { expect, it } from 'vitest';
import { NO_TESTS } from './count-tests.mjs';
import { summaryLines, totalCounts } from './summary.mjs';
import { summarizeTasks } from './turbo-summary.mjs';

it('never reads "0 failed" when a step without tests failed', () => {
  const lint = { name: 'lint', status: 'failed' as const, milliseconds: 900, counts: NO_TESTS };
  const test = {
    name: 'test',
    status: 'passed' as const,
    milliseconds: 900,
    counts: { ...NO_TESTS, passed: 5 },
  };
  expect(totalCounts([lint, test])).toEqual({ passed: 5, failed: 1, skipped: 0 });
});

it('does not count a failed test twice', () => {
  const test = {
    name: 'test',
    status: 'failed' as const,
    milliseconds: 0,
    counts: { passed: 5, failed: 2, skipped: 0 },
  };
  expect(totalCounts([test]).failed).toBe(2);
});

it('tells mark, duration, tests and note of a step', () => {
  const [line] = summaryLines([
    {
      name: 'test',
      status: 'failed',
      milliseconds: 61_000,
      counts: { passed: 1, failed: 1, skipped: 0 },
      note: 'core',
    },
  ]);
  expect(line).toMatch(/^✗ test +1 min 1 s +1 passed, 1 failed; core$/);
});

it('gathers the tasks of one name, and takes one that never started for a failure', () => {
  const task = (name: string, execution?: { startTime: number; endTime: number; exitCode: number }) => ({
    task: 'build',
    package: name,
    cache: { status: 'MISS' },
    execution,
  });
  const tasks = [
    task('a', { startTime: 100, endTime: 300, exitCode: 0 }),
    task('b', { startTime: 200, endTime: 700, exitCode: 1 }),
    task('c'),
  ];
  expect(summarizeTasks(tasks)).toEqual([
    { name: 'build', milliseconds: 600, isCached: false, passedIn: ['a'], failedIn: ['b', 'c'] },
  ]);
});
