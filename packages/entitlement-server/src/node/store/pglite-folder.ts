import fs from 'node:fs/promises';
import path from 'node:path';

const MARKER = 'complete';

/** Where PGlite keeps its data in the store's folder, beside our lock. */
export function dataFolderOf(folder: string): string {
  return path.join(folder, 'data');
}

/** Clears what a first start left that did not come to its end. True when there is a whole database. */
export async function prepareDataFolder(folder: string): Promise<boolean> {
  const isComplete = await fs.access(path.join(folder, MARKER)).then(
    () => true,
    () => false,
  );
  if (!isComplete) await fs.rm(dataFolderOf(folder), { recursive: true, force: true });
  return isComplete;
}

/** Flushes a new database to the disk, file by file, and marks it as whole. */
export async function completeDataFolder(folder: string): Promise<void> {
  await flushTree(dataFolderOf(folder));
  await fs.writeFile(path.join(folder, MARKER), '', { flush: true });
  await flush(folder);
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
