import fs from 'node:fs/promises';
import os from 'node:os';
import path from 'node:path';
import { setTimeout as wait } from 'node:timers/promises';

import { EntitlementServerError } from '../../entitlement-server-error.js';
import { isAlive, startOf } from './process-identity.js';

/** A folder that is ours until it is released or this process is gone. */
export interface FolderLock {
  release(): Promise<void>;
}

interface Holder {
  readonly pid: number;
  readonly host: string;
  readonly start: string | null;
}

const NAME = /^lock-(\d+)(\.free)?$/;
const HEARTBEAT_MS = 2_000;
/** A holder on another host, whose processes cannot be seen from here, is believed to live for this long after its last beat. */
const SILENCE_MS = 15_000;

/**
 * Takes a folder for this process alone, or rejects with `store-in-use`. A holder that was killed is told by its process id
 * and start, so it does not keep the next one out. One on another host, or in another container, is told by its heartbeat:
 * this waits until that is silent for fifteen seconds, or rejects as soon as it beats.
 *
 * The lock is a file whose number only grows: creating the next number is one step, which one process wins.
 */
export async function lockFolder(folder: string): Promise<FolderLock> {
  await fs.mkdir(folder, { recursive: true });
  for (;;) {
    const lock = await tryLock(folder);
    if (lock !== null) return lock;
  }
}

async function tryLock(folder: string): Promise<FolderLock | null> {
  const known = await highestLock(folder);
  if (known !== null && !known.isFree && (await isHeld(path.join(folder, known.name)))) {
    throw new EntitlementServerError(
      'store-in-use',
      'Another process uses the folder of the store, which is for one process at a time. ' +
        'Stop that process, choose another folder, or keep the store on a PostgreSQL server.',
    );
  }

  const number = (known?.number ?? 0) + 1;
  const file = path.join(folder, `lock-${number}`);
  const holder: Holder = { pid: process.pid, host: os.hostname(), start: await startOf(process.pid) };
  try {
    await fs.writeFile(file, JSON.stringify(holder), { flag: 'wx' });
  } catch (cause) {
    if (isCode(cause, 'EEXIST')) return null;
    throw cause;
  }
  // Our list of the folder may have been old, and the number taken and given back since.
  if ((await highestLock(folder))?.number !== number) {
    await fs.rm(file, { force: true });
    return null;
  }
  await removeBelow(folder, number);
  return hold(file);
}

function hold(file: string): FolderLock {
  const beat = setInterval(() => {
    const now = new Date();
    void fs.utimes(file, now, now).catch(() => {});
  }, HEARTBEAT_MS);
  beat.unref();
  return {
    async release() {
      clearInterval(beat);
      // Renamed and not removed: the numbers must not begin again.
      await fs.rename(file, `${file}.free`).catch(() => {});
    },
  };
}

async function isHeld(file: string): Promise<boolean> {
  const holder = await readHolder(file);
  if (holder !== null && holder.host === os.hostname()) {
    return isAlive(holder.pid) && holder.start === (await startOf(holder.pid));
  }
  const seen = await lastBeat(file);
  while (Date.now() - seen < SILENCE_MS) {
    await wait(Math.min(HEARTBEAT_MS, SILENCE_MS));
    if ((await lastBeat(file)) !== seen) return (await readHolder(file)) !== null;
  }
  return false;
}

/** Null when it is gone or is being written. */
async function readHolder(file: string): Promise<Holder | null> {
  try {
    return JSON.parse(await fs.readFile(file, 'utf8')) as Holder;
  } catch {
    return null;
  }
}

async function lastBeat(file: string): Promise<number> {
  return await fs.stat(file).then(
    ({ mtimeMs }) => mtimeMs,
    () => 0,
  );
}

async function locksOf(folder: string): Promise<{ name: string; number: number; isFree: boolean }[]> {
  return (await fs.readdir(folder)).flatMap((name) => {
    const match = NAME.exec(name);
    return match === null ? [] : [{ name, number: Number(match[1]), isFree: match[2] !== undefined }];
  });
}

async function highestLock(folder: string) {
  const locks = await locksOf(folder);
  return locks.sort((a, b) => b.number - a.number)[0] ?? null;
}

async function removeBelow(folder: string, number: number): Promise<void> {
  for (const lock of await locksOf(folder)) {
    if (lock.number < number) await fs.rm(path.join(folder, lock.name), { force: true });
  }
}

function isCode(cause: unknown, code: string): boolean {
  return cause instanceof Error && 'code' in cause && cause.code === code;
}
