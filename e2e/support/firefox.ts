import { once } from 'node:events';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

import puppeteer, { type Browser } from 'puppeteer-core';

/**
 * What a Firefox needs for these tests. Widevine must be off: whoever asks for it, as Shaka Player does for a manifest that
 * names it, makes the browser fetch a CDM, which ends it.
 */
const PREFERENCES = {
  'media.eme.enabled': true,
  'media.autoplay.default': 0,
  'media.clearkey.persistent-license.enabled': true,
  'media.gmp-widevinecdm.enabled': false,
  'media.gmp-widevinecdm.visible': false,
};

export interface FirefoxOptions {
  readonly executablePath: string;
  /** The profile, a folder that outlives the browser: a second launch finds what the first one has stored. */
  readonly userDataDir: string;
}

/** A Firefox that is running, headless and driven by WebDriver BiDi. */
export interface Firefox {
  readonly browser: Browser;
  /** Ends it as a user would, and waits until its process is gone. */
  close(): Promise<void>;
  /** Ends its process without a chance to save anything, and waits until it is gone. */
  kill(): Promise<void>;
}

/** Starts Firefox; the caller closes it. */
export async function launchFirefox({ executablePath, userDataDir }: FirefoxOptions): Promise<Firefox> {
  const browser = await puppeteer.launch({
    browser: 'firefox',
    executablePath,
    userDataDir,
    headless: true,
    extraPrefsFirefox: PREFERENCES,
  });
  const process = browser.process();
  if (!process) throw new Error('Firefox was started, but has no process.');
  const exited = process.exitCode === null ? once(process, 'exit') : Promise.resolve();

  return {
    browser,
    async close() {
      await browser.close();
      await exited;
    },
    async kill() {
      process.kill('SIGKILL');
      await exited;
    },
  };
}

/** Makes an empty profile for the time of `work`, and removes it afterwards. */
export async function withFirefoxProfile<T>(work: (userDataDir: string) => Promise<T>): Promise<T> {
  const userDataDir = await mkdtemp(join(tmpdir(), 'secure-player-firefox-'));
  try {
    return await work(userDataDir);
  } finally {
    await rm(userDataDir, { recursive: true, force: true, maxRetries: 5 });
  }
}
