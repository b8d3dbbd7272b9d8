import { execFile } from 'node:child_process';
import { readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { toHex, type KeyId } from '@secure-player/protocol';
import { findPackager } from '../packager/packager-program.js';
import { boxesAt } from './mp4-boxes.js';

const execute = promisify(execFile);

/** The media bytes of all segments in `folder` as they are, encrypted or not. */
export function readSamples(folder: string): Buffer {
  return Buffer.concat(segmentsOf(folder).map((segment) => samplesIn(segment)));
}

/** The media bytes of a whole file. */
export function samplesIn(file: Uint8Array): Buffer {
  return Buffer.concat(boxesAt(file, 'mdat').map(({ content }) => content));
}

/** The media bytes of all segments in `folder`, decrypted by Packager with the given key. */
export async function decryptSamples(
  folder: string,
  stream: 'audio' | 'video',
  { keyId, key }: { keyId: KeyId; key: Uint8Array },
  scratch: string,
): Promise<Buffer> {
  const encrypted = join(scratch, 'encrypted.mp4');
  const decrypted = join(scratch, 'decrypted.mp4');
  const init = readFileSync(join(folder, 'init.mp4'));
  writeFileSync(encrypted, Buffer.concat([init, ...segmentsOf(folder)]));
  const { path } = await findPackager();
  await execute(path, [
    `in=${encrypted},stream=${stream},output=${decrypted}`,
    '--enable_raw_key_decryption',
    `--keys=key_id=${keyId}:key=${toHex(key)}`,
  ]);
  return samplesIn(readFileSync(decrypted));
}

/** Segments in the order of their numbers. */
export function segmentsOf(folder: string): Buffer[] {
  return readdirSync(folder)
    .filter((name) => name.endsWith('.m4s'))
    .sort((one, other) => Number.parseInt(one, 10) - Number.parseInt(other, 10))
    .map((name) => readFileSync(join(folder, name)));
}
