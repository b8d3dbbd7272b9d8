import { createHash } from 'node:crypto';
import { createReadStream } from 'node:fs';
import { join } from 'node:path';
import { pipeline } from 'node:stream/promises';
import { PackagingError } from '../errors/packaging-error.js';
import { filesOf, type Mezzanine } from '../mezzanine/mezzanine.js';

/** Raised whenever the same inputs would be packaged into different files. */
const LAYOUT_VERSION = 2;

/** What decides about a packaged title's content. */
export interface FingerprintInput {
  readonly id: string;
  readonly mezzanine: Mezzanine;
  readonly heights: readonly number[];
  readonly keySeed: Uint8Array;
  readonly packagerVersion: string;
  /** What else sets this title apart, where it is packaged in another way. */
  readonly variant?: string | undefined;
}

/** Names a title's content in 32 hex digits: it changes with every byte of the sources, with options, seed and tools. */
export async function fingerprintTitle(input: FingerprintInput): Promise<string> {
  const { directory, ...description } = input.mezzanine;
  const files = await Promise.all(
    filesOf(input.mezzanine).map(async (file) => [file, await hashFile(directory, file)]),
  );
  const content = JSON.stringify({
    layout: LAYOUT_VERSION,
    packager: input.packagerVersion,
    id: input.id,
    variant: input.variant,
    heights: input.heights,
    // Hashed by itself first, so that no intermediate value holds the seed.
    seed: createHash('sha256').update('secure-player:seed:').update(input.keySeed).digest('hex'),
    description,
    files,
  });
  return createHash('sha256').update(content).digest('hex').slice(0, 32);
}

async function hashFile(directory: string, file: string): Promise<string> {
  const hash = createHash('sha256');
  try {
    await pipeline(createReadStream(join(directory, file)), hash);
  } catch (cause) {
    throw new PackagingError(
      'mezzanine-missing',
      `The mezzanine's file ${file} cannot be read. Restore it, or make it again with scripts/make-mezzanine.mjs.`,
      { cause },
    );
  }
  return hash.digest('hex');
}
