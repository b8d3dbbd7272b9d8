import fs from 'node:fs';
import fsPromises from 'node:fs/promises';
import os from 'node:os';
import path from 'node:path';

import { beforeEach, describe, expect, it, onTestFinished, vi } from 'vitest';

import { lockFolder } from './folder-lock.js';
import { ownPlace } from './process-identity.js';

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

it('does not wait for a process of an older version that is gone', async () => {
  leaveLock({ pid: 2 ** 30, host: os.hostname(), start: null });
  await expect(lockFolder(folder, { wait: neverAsked })).resolves.toBeDefined();
});

it('goes on beating when there is no file descriptor left', async () => {
  let now = 0;
  const lock = await lockFolder(folder, { clock: () => now });
  const read = vi.spyOn(fs, 'readFileSync').mockImplementation(() => {
    throw Object.assign(new Error('too many'), { code: 'EMFILE' });
  });
  now = 60_000;
  expect(() => lock.confirm()).not.toThrow();
  read.mockRestore();
  await lock.release();
});

it('is not kept out by a process that is gone, and does not wait for it', async () => {
  // No process has this id: Linux counts to 4,194,304, macOS to 99,998.
  leaveLock({ pid: 2 ** 30, place: await ownPlace(), start: null });
  await expect(lockFolder(folder, { wait: neverAsked })).resolves.toBeDefined();
});

it.runIf(process.platform === 'linux')('is not kept out by an earlier process of the same id', async () => {
  leaveLock({ pid: process.pid, place: await ownPlace(), start: 'this boot/1' });
  await expect(lockFolder(folder, { wait: neverAsked })).resolves.toBeDefined();
});

describe('a holder whose process cannot be seen from here', () => {
  // A day behind our clock, with it, and a day ahead.
  it.each([-86_400, 0, 86_400])('keeps it out by a beat, whatever its clock says: %i s', async (seconds) => {
    const elsewhere = leaveLockElsewhere(seconds);
    let waited = 0;
    const wait = async (ms: number): Promise<void> => {
      waited += ms;
      if (waited >= 10_000) elsewhere.beat();
    };
    await expect(lockFolder(folder, { wait })).rejects.toMatchObject(inUse);
    expect(waited).toBe(10_000);
  });

  it.each([-86_400, 0, 86_400])('is gone after sixteen silent seconds of our own: %i s', async (seconds) => {
    leaveLockElsewhere(seconds);
    let waited = 0;
    const wait = async (ms: number): Promise<void> => void (waited += ms);
    await expect(lockFolder(folder, { wait })).resolves.toBeDefined();
    expect(waited).toBe(16_000);
  });

  it('is not waited for when it lets go', async () => {
    const elsewhere = leaveLockElsewhere(0);
    let waits = 0;
    const wait = async (): Promise<void> => {
      waits += 1;
      fs.renameSync(elsewhere.file, `${elsewhere.file}.free`);
    };
    await expect(lockFolder(folder, { wait })).resolves.toBeDefined();
    expect(waits).toBe(1);
  });

  it('keeps it out even by a beat after the last look', async () => {
    const elsewhere = leaveLockElsewhere(0);
    const write = fsPromises.writeFile;
    vi.spyOn(fsPromises, 'writeFile').mockImplementationOnce(async (...args) => {
      elsewhere.beat();
      await write(...args);
    });
    await expect(lockFolder(folder, { wait: async () => {} })).rejects.toMatchObject(inUse);
    expect(fs.readdirSync(folder)).toEqual([path.basename(elsewhere.file)]);
  });

  it.runIf(process.platform === 'linux')('may be under the same host name', async () => {
    // A container of the host's network has the host's name, and ids of its own.
    const place = (await ownPlace()).replace(/pid:\[\d+\]/, 'pid:[1]');
    const elsewhere = leaveLock({ pid: 2 ** 30, place, start: null });
    await expect(
      lockFolder(folder, { wait: async () => fs.utimesSync(elsewhere, 1, 1) }),
    ).rejects.toMatchObject(inUse);
  });
});

describe('a lock that was held', () => {
  it('is confirmed as long as nobody took it, and beats where its timer is late', async () => {
    let now = 0;
    const lock = await lockFolder(folder, { clock: () => now });
    const file = path.join(folder, 'lock-1');
    fs.utimesSync(file, 1, 1);
    now = 6_000;
    lock.confirm();
    expect(fs.statSync(file).mtimeMs).toBe(1_000);
    now = 6_001;
    lock.confirm();
    expect(fs.statSync(file).mtimeMs).toBeGreaterThan(1_000);
    await lock.release();
  });

  it('is lost to one that waited while it was silent', async () => {
    const lock = await lockFolder(folder);
    // As it looks from another place.
    fs.writeFileSync(
      path.join(folder, 'lock-1'),
      JSON.stringify({ pid: 1, place: 'elsewhere', start: null }),
    );
    const next = await lockFolder(folder, { wait: async () => {} });

    expect(() => lock.confirm()).toThrow(expect.objectContaining(inUse));
    await lock.release();
    next.confirm();
    await expect(lockFolder(folder)).rejects.toMatchObject(inUse);
    await next.release();
  });

  it('is lost when its file is that of another, in a folder that was emptied', async () => {
    let now = 0;
    const lock = await lockFolder(folder, { clock: () => now });
    fs.writeFileSync(path.join(folder, 'lock-1'), '{}');
    now = 60_000;
    expect(() => lock.confirm()).toThrow(expect.objectContaining(inUse));
    await lock.release();
    expect(fs.readdirSync(folder)).toEqual(['lock-1']);
  });
});

async function neverAsked(): Promise<never> {
  throw new Error('It waits.');
}

function leaveLock(holder: { pid: number; place?: string; host?: string; start: string | null }): string {
  const file = path.join(folder, 'lock-7');
  fs.writeFileSync(file, JSON.stringify(holder));
  return file;
}

/** The lock of a holder elsewhere, whose clock is so far ahead of ours. */
function leaveLockElsewhere(seconds: number) {
  const file = leaveLock({ pid: 1, place: 'elsewhere', start: null });
  let time = Date.now() / 1000 + seconds;
  const beat = (): void => fs.utimesSync(file, time, (time += 2));
  beat();
  return { file, beat };
}
