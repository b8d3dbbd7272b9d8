import { spawn } from 'node:child_process';
import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { basename, join, resolve as toAbsolute } from 'node:path';
import { toHex } from '@secure-player/protocol';
import { PackagingError } from '../errors/packaging-error.js';
import type { TitleKey } from '../keys/title-keys.js';
import type { PackagerProgram } from './packager-program.js';

/** One run of Packager. */
export interface PackagerRun {
  readonly program: PackagerProgram;
  /** Output paths in `arguments` are relative to this folder. The keys lie beside it while Packager runs. */
  readonly workingDirectory: string;
  readonly arguments: readonly string[];
  readonly keys: readonly TitleKey[];
  readonly signal?: AbortSignal | undefined;
}

const KEPT_LINES = 12;

/**
 * Runs Packager to its end. The keys travel in a flag file that only this user can read, because a process list shows
 * arguments to everybody; the file is gone before the promise settles. It lies not in the working directory, which
 * becomes the title, but beside it under a name that begins with its name: where a process is killed and leaves both,
 * whoever clears the one away clears the other away.
 */
export async function runPackager(run: PackagerRun): Promise<void> {
  run.signal?.throwIfAborted();
  const secrets = await mkdtemp(`${toAbsolute(run.workingDirectory)}-keys-`);
  try {
    const flagFile = join(secrets, 'flags');
    await writeFile(flagFile, `--enable_raw_key_encryption\n--keys=${toKeysFlag(run.keys)}\n`, {
      mode: 0o600,
    });
    await spawnPackager(run, flagFile);
  } finally {
    await rm(secrets, { recursive: true, force: true });
  }
}

function toKeysFlag(keys: readonly TitleKey[]): string {
  return keys.map(({ label, keyId, key }) => `label=${label}:key_id=${keyId}:key=${toHex(key)}`).join(',');
}

function spawnPackager(run: PackagerRun, flagFile: string): Promise<void> {
  const { program, workingDirectory, signal } = run;
  return new Promise((resolve, reject) => {
    const child = spawn(program.path, [...run.arguments, `--flagfile=${flagFile}`], {
      cwd: workingDirectory,
      stdio: ['ignore', 'ignore', 'pipe'],
      windowsHide: true,
      ...(signal && { signal }),
    });
    let output = '';
    child.stderr.setEncoding('utf8').on('data', (text: string) => {
      output = `${output}${text}`
        .split('\n')
        .slice(-KEPT_LINES - 1)
        .join('\n');
    });
    let failure: unknown;
    const rejectWith = (code: number | null): void =>
      reject(signal?.aborted ? signal.reason : toPackagingError(run, { failure, code, output }));
    child.once('error', (error) => {
      failure = error;
      // A program that never started does not close either.
      if (child.pid === undefined) rejectWith(null);
    });
    // Only after `close` is nothing written any more, so that the caller can remove the folder.
    child.once('close', (code) => (code === 0 ? resolve() : rejectWith(code)));
  });
}

function toPackagingError(
  run: PackagerRun,
  end: { failure: unknown; code: number | null; output: string },
): PackagingError {
  const output = redact(end.output, run);
  const reason = end.code === null ? 'did not run to its end' : `stopped with code ${end.code}`;
  return new PackagingError('packager-failed', `Shaka Packager ${reason}.${output && `\n${output}`}`, {
    // The cause of a failed start quotes the program's path and arguments, which are no secrets.
    cause: end.failure,
    details: { output, exitCode: end.code ?? undefined },
  });
}

/** Takes keys, and folders of this machine, out of what Packager said. */
function redact(text: string, { keys, program }: PackagerRun): string {
  const withoutKeys = keys.reduce(
    (redacted, { key }) => redacted.replaceAll(new RegExp(toHex(key), 'gi'), '[key]'),
    text,
  );
  return withoutKeys
    .replaceAll(program.path, basename(program.path))
    .replaceAll(/(?:[A-Za-z]:)?(?:[\\/][^\\/\s'",]+)*[\\/](?=[^\\/\s'",]+)/g, '…/')
    .trim();
}
