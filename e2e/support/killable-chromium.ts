import { once } from 'node:events';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

import type { LaunchOptions } from '@playwright/test';
import puppeteer, { type Browser } from 'puppeteer-core';

/** A Chromium with a profile on the disk, which can be killed. */
export interface KillableChromium {
  readonly browser: Browser;
  /** Ends its process without a chance to save anything, and waits until it is gone. */
  kill(): Promise<void>;
}

/** Starts Chromium; a second launch with the same profile finds what the first has stored. */
export async function launchChromium(
  userDataDir: string,
  { executablePath, args = [] }: LaunchOptions,
): Promise<KillableChromium> {
  if (executablePath === undefined) throw new Error('The configuration names no browser.');
  const browser = await puppeteer.launch({
    browser: 'chrome',
    executablePath,
    userDataDir,
    headless: true,
    args: [...args],
  });
  const process = browser.process();
  if (!process) throw new Error('Chromium was started, but has no process.');
  const exited = process.exitCode === null ? once(process, 'exit') : Promise.resolve();

  return {
    browser,
    async kill() {
      process.kill('SIGKILL');
      await exited;
    },
  };
}

/** Makes an empty profile for the time of `work`, and removes it afterwards. */
export async function withProfile<T>(work: (userDataDir: string) => Promise<T>): Promise<T> {
  const userDataDir = await mkdtemp(join(tmpdir(), 'secure-player-chromium-'));
  try {
    return await work(userDataDir);
  } finally {
    await rm(userDataDir, { recursive: true, force: true, maxRetries: 5 });
  }
}
