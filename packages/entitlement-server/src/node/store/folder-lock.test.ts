import fs from 'node:fs';
import os from 'node:os';
import path from 'node:path';

import { beforeEach, expect, it, onTestFinished } from 'vitest';

import { lockFolder } from './folder-lock.js';

let folder: string;

beforeEach(() => {
  folder = fs.mkdtempSync(path.join(os.tmpdir(), 'secure-player-lock-'));
  onTestFinished(() => fs.rmSync(folder, { recursive: true, force: true }));
});

const inUse = { name: 'EntitlementServerError', code: 'store-in-use' };

it('keeps a second one out until the first lets go', async () => {
  const lock = await lockFolder(folder);
  await expect(lockFolder(folder)).rejects.toMatchObject(inUse);
  await lock.release();
  const next = await lockFolder(folder);
  await expect(lockFolder(folder)).rejects.toMatchObject(inUse);
  await next.release();
});

it('lets one of many in that come at once', async () => {
  const results = await Promise.allSettled(Array.from({ length: 20 }, async () => await lockFolder(folder)));
  const locks = results.flatMap((result) => (result.status === 'fulfilled' ? [result.value] : []));
  expect(locks).toHaveLength(1);
  await locks[0]?.release();
});

it('is not kept out by a process that is gone', async () => {
  // No process has this id: Linux counts to 4,194,304, macOS to 99,998.
  leaveLock({ pid: 2 ** 30, host: os.hostname(), start: null });
  await expect(lockFolder(folder)).resolves.toBeDefined();
});

it.runIf(process.platform === 'linux')('is not kept out by an earlier process of the same id', async () => {
  leaveLock({ pid: process.pid, host: os.hostname(), start: 'another boot/1' });
  await expect(lockFolder(folder)).resolves.toBeDefined();
});

it('is not kept out by another host that has been silent for long', async () => {
  const file = leaveLock({ pid: 1, host: 'elsewhere', start: null });
  const longAgo = new Date(Date.now() - 60_000);
  fs.utimesSync(file, longAgo, longAgo);
  await expect(lockFolder(folder)).resolves.toBeDefined();
});

function leaveLock(holder: { pid: number; host: string; start: string | null }): string {
  const file = path.join(folder, 'lock-7');
  fs.writeFileSync(file, JSON.stringify(holder));
  return file;
}
