import { expect, it } from 'vitest';
import { isInstalled } from './dependencies.mjs';
import { runtimeProblem } from './node-version.mjs';
import { formatSeconds, Progress } from './progress.mjs';
import { CommandError, runNode } from './run-command.mjs';

it.each([
  ['20.18.3', undefined, /Node 20\.19 or newer.*20\.18\.3/],
  ['18.20.0', undefined, /Node 20\.19/],
  ['20.19.0', 'pnpm/9.0.0 node/v20.19.0', /npm, not pnpm/],
  ['20.19.0', 'npm/9.8.1 node/v20.19.0', /npm 10 or newer/],
])('refuses Node %s with %s', (nodeVersion, userAgent, message) => {
  expect(runtimeProblem({ nodeVersion, userAgent })).toMatch(message);
});

it.each([
  ['20.19.0', undefined],
  ['22.1.0', 'npm/11.0.0 node/v22.1.0'],
])('accepts Node %s with %s', (nodeVersion, userAgent) => {
  expect(runtimeProblem({ nodeVersion, userAgent })).toBeNull();
});

it('installs again when, and only when, what is installed differs from the lock file', () => {
  const wanted = {
    packages: {
      '': {},
      'packages/core': { version: '0.0.0' },
      'node_modules/a': { version: '1.0.0', integrity: 'x' },
      'node_modules/b-win32': { version: '1.0.0', integrity: 'y', optional: true },
      'node_modules/core': { resolved: 'packages/core', link: true },
    },
  };
  const installed = {
    packages: {
      'node_modules/a': { version: '1.0.0', integrity: 'x' },
      'node_modules/core': { resolved: 'packages/core', link: true },
    },
  };
  expect(isInstalled(wanted, installed)).toBe(true);
  expect(isInstalled(wanted, null)).toBe(false);
  expect(
    isInstalled(wanted, { packages: { ...installed.packages, 'node_modules/a': { version: '1.0.1' } } }),
  ).toBe(false);
  expect(isInstalled(wanted, { packages: { 'node_modules/a': { version: '1.0.0', integrity: 'x' } } })).toBe(
    false,
  );
});

it('prints plain lines where there is no terminal', async () => {
  let output = '';
  let now = 0;
  const progress = new Progress({ stream: { write: (text) => (output += text) }, now: () => now });
  await progress.step('Build', async (step) => {
    now = 1500;
    step.note('cached');
  });
  await expect(progress.step('Lint', () => Promise.reject(new Error('no')))).rejects.toThrow('no');
  expect(output).toBe('  Build …\n✓ Build (cached) 1.5 s\n  Lint …\n✗ Lint 0.0 s\n');
});

it('reads durations as people do', () => {
  expect(formatSeconds(1234)).toBe('1.2 s');
  expect(formatSeconds(119_700)).toBe('2 min 0 s');
});

it('reports a failed command with its output and code', async () => {
  const failed = runNode('the tool', ['-e', 'console.log("what went wrong"); process.exitCode = 3']);
  await expect(failed).rejects.toThrow('the tool failed (exit code 3).');
  await expect(failed).rejects.toBeInstanceOf(CommandError);
  await expect(failed).rejects.toHaveProperty('output', 'what went wrong\n');
});
