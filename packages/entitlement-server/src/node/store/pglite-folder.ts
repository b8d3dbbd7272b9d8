import { existsSync, renameSync } from 'node:fs';
import fs from 'node:fs/promises';
import path from 'node:path';

import type { FolderLock } from './held-folder.js';

const MARKER = 'complete';

/** Where PGlite keeps its data in the store's folder, beside our lock. */
export function dataFolderOf(folder: string): string {
  return path.join(folder, 'data');
}

/** Clears what a first start left that did not come to its end. True when there is a whole database. */
export async function prepareDataFolder(folder: string, lock: FolderLock): Promise<boolean> {
  const isComplete = await fs.access(path.join(folder, MARKER)).then(
    () => true,
    () => false,
  );
  if (!isComplete) await clearDataFolder(folder, lock);
  return isComplete;
}

/** Flushes a new database to the disk, file by file, and marks it as whole. */
export async function completeDataFolder(folder: string, lock: FolderLock): Promise<void> {
  await flushTree(dataFolderOf(folder));
  lock.confirm();
  await fs.writeFile(path.join(folder, MARKER), '', { flush: true });
  await flush(folder);
}

/** Deleting takes a while, in which the folder may become another's: what is deleted has a name of its own by then. */
async function clearDataFolder(folder: string, lock: FolderLock): Promise<void> {
  const data = dataFolderOf(folder);
  const discarded = `${data}.discarded`;
  await fs.rm(discarded, { recursive: true, force: true });
  lock.confirm();
  if (existsSync(data)) renameSync(data, discarded);
  await fs.rm(discarded, { recursive: true, force: true });
}

async function flushTree(folder: string): Promise<void> {
  for (const entry of await fs.readdir(folder, { withFileTypes: true })) {
    const file = path.join(folder, entry.name);
    await (entry.isDirectory() ? flushTree(file) : flush(file));
  }
  await flush(folder);
}

async function flush(file: string): Promise<void> {
  const handle = await fs.open(file, 'r');
  try {
    await handle.sync();
  } finally {
    await handle.close();
  }
}
