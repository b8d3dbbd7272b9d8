import { randomUUID } from 'node:crypto';
import { mkdir, readdir, readFile, rename, rm, stat } from 'node:fs/promises';
import { join } from 'node:path';
import { PackagingError } from '../errors/packaging-error.js';
import type { TitleDocument } from './packaged-title.js';

/** Written last: a folder without it is not a title. */
export const TITLE_FILE = 'title.json';

/** A title's document, with the absolute path of the folder that it lies in. */
type Cached<Document> = Document & { readonly directory: string };

const DRAFT_PREFIX = '.draft-';
const ABANDONED_AFTER_MILLISECONDS = 60 * 60 * 1000;

/** Reads the finished title in `directory`, or null when there is none. */
export async function readTitle<Document extends object = TitleDocument>(
  directory: string,
): Promise<Cached<Document> | null> {
  try {
    const document = JSON.parse(await readFile(join(directory, TITLE_FILE), 'utf8')) as Document;
    return { ...document, directory };
  } catch (error) {
    if (isMissing(error)) return null;
    throw toStorageError(error);
  }
}

/**
 * Fills a folder beside `directory` and moves it there in one step, so that no reader ever sees half a title. When
 * another process was faster its title stands and this draft goes; both are made from the same inputs.
 */
export async function publishTitle<Document extends object = TitleDocument>(
  outputRoot: string,
  directory: string,
  fill: (draft: string) => Promise<void>,
): Promise<Cached<Document>> {
  const draft = await makeDraft(outputRoot);
  try {
    await removeAbandonedDrafts(outputRoot);
    await fill(draft);
    await moveIntoPlace(draft, directory);
  } catch (error) {
    throw isSystemError(error) ? toStorageError(error) : error;
  } finally {
    await rm(draft, { recursive: true, force: true });
  }

  const title = await readTitle<Document>(directory);
  if (title === null) {
    throw new PackagingError('storage-failed', 'The packaged title disappeared as it was finished.');
  }
  return title;
}

async function makeDraft(outputRoot: string): Promise<string> {
  const draft = join(outputRoot, `${DRAFT_PREFIX}${randomUUID()}`);
  try {
    await mkdir(draft, { recursive: true });
  } catch (error) {
    throw toStorageError(error);
  }
  return draft;
}

async function moveIntoPlace(draft: string, directory: string): Promise<void> {
  try {
    await rename(draft, directory);
  } catch (error) {
    // Windows says EPERM where others say that the folder exists.
    const isTaken = ['ENOTEMPTY', 'EEXIST', 'EPERM'].includes(codeOf(error) ?? '');
    if (isTaken && (await readTitle(directory)) !== null) return;
    if (!isTaken) throw error;
    // A folder without a title is nobody's work: nothing here writes in place.
    await rm(directory, { recursive: true, force: true });
    await rename(draft, directory);
  }
}

/**
 * A killed process leaves its draft behind, and beside it, under a name that begins the same, Packager's keys. What may not be
 * read or removed, as another user's, stays, and is no reason to be without a title.
 */
export async function removeAbandonedDrafts(outputRoot: string): Promise<void> {
  const names = await readdir(outputRoot).catch(() => []);
  for (const name of names.filter((candidate) => candidate.startsWith(DRAFT_PREFIX))) {
    const path = join(outputRoot, name);
    const changed = await lastChange(path).catch(() => Number.POSITIVE_INFINITY);
    if (Date.now() - changed > ABANDONED_AFTER_MILLISECONDS) {
      await rm(path, { recursive: true, force: true }).catch(() => {});
    }
  }
}

/** Of all that is in it, too: a folder's own time does not tell what Packager writes in its subfolders. */
async function lastChange(folder: string): Promise<number> {
  const inside = await readdir(folder, { recursive: true });
  const stats = await Promise.all(
    [folder, ...inside.map((name) => join(folder, name))].map((path) => stat(path)),
  );
  return Math.max(...stats.map(({ mtimeMs }) => mtimeMs));
}

function toStorageError(cause: unknown): PackagingError {
  return new PackagingError(
    'storage-failed',
    `The output folder cannot be used (${codeOf(cause) ?? 'damaged title file'}). Check its permissions and free space, or delete it.`,
    { cause },
  );
}

function isSystemError(error: unknown): boolean {
  return error instanceof Error && 'syscall' in error;
}

function isMissing(error: unknown): boolean {
  return ['ENOENT', 'ENOTDIR'].includes(codeOf(error) ?? '');
}

function codeOf(error: unknown): string | undefined {
  return error instanceof Error && 'code' in error ? String(error.code) : undefined;
}
