import { existsSync } from 'node:fs';
import fs from 'node:fs/promises';
import os from 'node:os';
import path from 'node:path';
import { setTimeout } from 'node:timers/promises';

import { EntitlementServerError } from '../../entitlement-server-error.js';
import { HeldFolder, HEARTBEAT_MS, type FolderLock } from './held-folder.js';
import { isAlive, ownPlace, startOf } from './process-identity.js';

/** How a folder is locked. */
export interface FolderLockOptions {
  /** Milliseconds that only grow, from wherever. @default performance.now */
  readonly clock?: (() => number) | undefined;
  /** Resolves so many milliseconds later. @default a timer */
  readonly wait?: ((ms: number) => Promise<unknown>) | undefined;
}

interface Holder {
  readonly pid: number;
  readonly place?: string | undefined;
  /** What versions wrote that had no place. */
  readonly host?: string | undefined;
  readonly start: string | null;
}

const NAME = /^lock-(\d+)(\.free)?$/;
/** A holder whose process cannot be seen from here is gone when it is silent for so many beats: sixteen seconds. */
const SILENT_BEATS = 8;

/**
 * Takes a folder for this process alone, or rejects with `store-in-use`. A holder that was killed is told by its process id
 * and start, so it does not keep the next one out. One in another place, a host or a container, is told by its heartbeat:
 * this waits until that has been silent for sixteen seconds, or rejects as soon as it beats.
 *
 * The lock is a file whose number only grows: creating the next number is one step, which one process wins.
 */
export async function lockFolder(folder: string, options: FolderLockOptions = {}): Promise<FolderLock> {
  await fs.mkdir(folder, { recursive: true });
  for (;;) {
    const lock = await tryLock(folder, options);
    if (lock !== null) return lock;
  }
}

async function tryLock(folder: string, options: FolderLockOptions): Promise<FolderLock | null> {
  const { clock = () => performance.now(), wait = setTimeout } = options;
  const known = await highestLock(folder);
  const knownFile = known === null || known.isFree ? null : path.join(folder, known.name);
  const beat = knownFile === null ? null : await lastBeat(knownFile);
  if (knownFile !== null && (await isHeld(knownFile, beat, wait))) throw inUse();

  const number = (known?.number ?? 0) + 1;
  const file = path.join(folder, `lock-${number}`);
  const holder: Holder = { pid: process.pid, place: await ownPlace(), start: await startOf(process.pid) };
  const text = JSON.stringify(holder);
  const lockedAt = clock();
  try {
    await fs.writeFile(file, text, { flag: 'wx' });
  } catch (cause) {
    if (isCode(cause, 'EEXIST')) return null;
    throw cause;
  }
  // Our list of the folder may have been old, and the number taken and given back since.
  if ((await highestLock(folder))?.number !== number) {
    await fs.rm(file, { force: true });
    return null;
  }
  // A holder that woke up after our last look has begun to write, and our file has not told it yet.
  if (knownFile !== null && existsSync(knownFile) && (await lastBeat(knownFile)) !== beat) {
    await fs.rm(file, { force: true });
    throw inUse();
  }
  await removeBelow(folder, number);
  return new HeldFolder({ file, text, clock, lockedAt });
}

/** `beat` is its last one. */
async function isHeld(
  file: string,
  beat: number | null,
  wait: (ms: number) => Promise<unknown>,
): Promise<boolean> {
  const holder = await readHolder(file);
  if (holder !== null && (await isHere(holder))) {
    return isAlive(holder.pid) && holder.start === (await startOf(holder.pid));
  }
  // Whether it changes is all that counts: the time in it is that of another clock.
  for (let silent = 0; silent < SILENT_BEATS; silent += 1) {
    if (!existsSync(file)) return false;
    await wait(HEARTBEAT_MS);
    if ((await lastBeat(file)) !== beat) return (await readHolder(file)) !== null;
  }
  return false;
}

async function isHere({ place, host }: Holder): Promise<boolean> {
  return place === undefined ? host === os.hostname() : place === (await ownPlace());
}

/** Null when it is gone or is being written. */
async function readHolder(file: string): Promise<Holder | null> {
  try {
    return JSON.parse(await fs.readFile(file, 'utf8')) as Holder;
  } catch {
    return null;
  }
}

/** Null when it is gone. */
async function lastBeat(file: string): Promise<number | null> {
  return await fs.stat(file).then(
    ({ mtimeMs }) => mtimeMs,
    () => null,
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

function inUse(): EntitlementServerError {
  return new EntitlementServerError(
    'store-in-use',
    'Another process uses the folder of the store, which is for one process at a time. ' +
      'Stop that process, choose another folder, or keep the store on a PostgreSQL server.',
  );
}

function isCode(cause: unknown, code: string): boolean {
  return cause instanceof Error && 'code' in cause && cause.code === code;
}
