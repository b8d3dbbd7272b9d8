import fs from 'node:fs';
import { runCommand, runNode } from '../setup/run-command.mjs';
import { isRoot } from './arguments.mjs';

const PLAYWRIGHT = 'node_modules/@playwright/test/cli.js';

/**
 * Installs Debian's Chromium. Liberation is the one font family it needs to draw text; recommended packages are desktop comforts.
 *
 * @returns {Promise<string>} The executable.
 */
export async function installByApt() {
  const env = { DEBIAN_FRONTEND: 'noninteractive' };
  await runCommand('apt-get update', 'apt-get', ['update'], { env });
  const packages = ['chromium', 'fonts-liberation'];
  await runCommand('apt-get install', 'apt-get', ['install', '-y', '--no-install-recommends', ...packages], {
    env,
  });
  return '/usr/bin/chromium';
}

/**
 * Downloads Playwright's Chromium, with the system libraries where we may install them.
 *
 * @returns {Promise<string>} The executable.
 */
export async function installByPlaywright() {
  const withDependencies = isRoot && process.platform === 'linux' ? ['--with-deps'] : [];
  await runNode('playwright install', [PLAYWRIGHT, 'install', '--no-shell', ...withDependencies, 'chromium']);
  const executablePath = await playwrightExecutable();
  if (executablePath === null) throw new Error('playwright install ended well but left no browser.');
  return executablePath;
}

/** The Chromium that Playwright has downloaded before, or null. */
export async function playwrightExecutable() {
  const { chromium } = await import('@playwright/test');
  const file = chromium.executablePath();
  return file && fs.existsSync(file) ? file : null;
}
