import fs from 'node:fs';
import { runCommand, runNode } from '../setup/run-command.mjs';
import { isRoot } from './arguments.mjs';

const PLAYWRIGHT = 'node_modules/@playwright/test/cli.js';

/**
 * Installs Debian's packages of a browser.
 *
 * @param {Pick<import('./kinds.mjs').BrowserKind, 'apt'>} browser
 * @returns {Promise<string>} The executable.
 */
export async function installByApt({ apt }) {
  const env = { DEBIAN_FRONTEND: 'noninteractive' };
  await runCommand('apt-get update', 'apt-get', ['update'], { env });
  const recommended = apt.withRecommended ? '--install-recommends' : '--no-install-recommends';
  await runCommand('apt-get install', 'apt-get', ['install', '-y', recommended, ...apt.packages], { env });
  return apt.executablePath;
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
