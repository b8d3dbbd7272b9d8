import { randomBytes, randomUUID } from 'node:crypto';
import { link, mkdir, readFile, rm, writeFile } from 'node:fs/promises';
import { dirname } from 'node:path';

const SEED_BYTES = 32;
const OWNER_ONLY = 0o600;

/**
 * Reads the key seed, and makes a random one at the first start. The file is for its owner only and lies outside of
 * everything that is served; deleting it changes every content key, so titles are packaged anew.
 */
export async function loadKeySeed(file: string): Promise<Uint8Array> {
  const seed = (await readSeed(file)) ?? (await createSeed(file));
  if (seed.length < SEED_BYTES) {
    throw new Error(
      `The key seed file is damaged: it has ${seed.length} bytes and not ${SEED_BYTES}. Delete it to get a new one.`,
    );
  }
  return seed;
}

async function readSeed(file: string): Promise<Uint8Array | null> {
  try {
    return await readFile(file);
  } catch (error) {
    if (hasCode(error, 'ENOENT')) return null;
    throw error;
  }
}

/** Whole or not at all: of two servers that start at once, one makes the file and the other reads it. */
async function createSeed(file: string): Promise<Uint8Array> {
  const draft = `${file}-${randomUUID()}`;
  await mkdir(dirname(file), { recursive: true });
  await writeFile(draft, randomBytes(SEED_BYTES), { mode: OWNER_ONLY, flag: 'wx' });
  try {
    await link(draft, file);
  } catch (error) {
    if (!hasCode(error, 'EEXIST')) throw error;
  } finally {
    await rm(draft, { force: true });
  }
  return readFile(file);
}

function hasCode(error: unknown, code: string): boolean {
  return error instanceof Error && 'code' in error && error.code === code;
}
