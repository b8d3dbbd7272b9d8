import { spawn } from 'node:child_process';
import { once } from 'node:events';
import fs from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';

import { chromiumArguments, findBrowser } from '../../scripts/browser.mjs';

/**
 * Runs one of the page's runs in a Chromium of its own, and resolves with its milliseconds. Nothing listens in it: whoever
 * drives a browser through its inspector makes it keep a copy of every body that it fetches, and pays for each request.
 * The profile is on the disk: a browser keeps the files of a private window in memory.
 *
 * @param {Awaited<ReturnType<typeof import('./origin.mjs').openOrigin>>} origin
 * @param {{ run: string, argument: number, onReady?: (profile: string) => Promise<void> }} what `onReady` is called before the run begins.
 */
export async function runInBrowser(origin, { run, argument, onReady = async () => {} }) {
  const profile = fs.mkdtempSync(path.join(tmpdir(), 'secure-player-bench-'));
  const { executablePath } = await findBrowser();
  const [ready, done] = [once(origin.runs, 'ready'), once(origin.runs, 'done')];
  const flags = [`--user-data-dir=${profile}`, '--headless=new', '--ignore-certificate-errors'];
  const browser = spawn(
    executablePath,
    [...chromiumArguments, ...flags, `${origin.url}/?run=${run}&argument=${argument}`],
    { stdio: ['ignore', 'ignore', 'pipe'] },
  );
  browser.stderr.resume();
  // Its processes share the pipe: all of them have ended then, and let go of the profile.
  const ended = once(browser, 'close').then(() => {
    throw new Error('The browser ended before the run did.');
  });
  try {
    const [begin] = await Promise.race([ready, ended]);
    await onReady(profile);
    begin();
    /** @type {import('./origin.mjs').Outcome[]} */
    const [outcome] = await Promise.race([done, ended]);
    if (outcome?.milliseconds === undefined) throw new Error(outcome?.error ?? 'There is no such run.');
    return outcome.milliseconds;
  } finally {
    browser.kill();
    await ended.catch(() => {});
    fs.rmSync(profile, { recursive: true });
  }
}
