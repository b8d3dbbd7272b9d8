import {
  existsSync,
  mkdirSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  utimesSync,
  watch,
  writeFileSync,
} from 'node:fs';
import { once } from 'node:events';
import { dirname, join } from 'node:path';
import { toHex } from '@secure-player/protocol';
import { describe, expect, it } from 'vitest';
import type { TitleKey } from '../keys/title-keys.js';
import { TEST_KEY_SEED } from '../testing/key-seed.js';
import { temporaryFolder } from '../testing/temporary-folder.js';
import { publishTitle } from '../title/title-cache.js';
import { runPackager, type PackagerRun } from './run-packager.js';

const folder = temporaryFolder();
const key: TitleKey = {
  label: 'SD',
  keyId: 'abba271e8bcf552bbd2e86a434a9a5d9',
  key: TEST_KEY_SEED.slice(0, 16),
};

/** A run of a small program in Packager's place. */
function runOf(name: string, script: string, options: Partial<PackagerRun> = {}): PackagerRun {
  const path = join(folder, name);
  writeFileSync(path, `#!${process.execPath}\n${script}`, { mode: 0o755 });
  return {
    program: { path, version: '0.0.0' },
    workingDirectory: folder,
    arguments: ['in=film.mp4'],
    keys: [key],
    ...options,
  };
}

// Scripts with a shebang are not programs on Windows.
describe.skipIf(process.platform === 'win32')('runPackager', () => {
  it('hands the keys over in a file that only this user can read, and removes it', async () => {
    await runPackager(
      runOf(
        'record',
        `const { statSync, readFileSync, writeFileSync } = require('node:fs');
        const file = process.argv.at(-1).replace('--flagfile=', '');
        writeFileSync('seen.json', JSON.stringify({ argv: process.argv, file, mode: statSync(file).mode & 0o777, flags: readFileSync(file, 'utf8') }));`,
      ),
    );

    const seen = JSON.parse(readFileSync(join(folder, 'seen.json'), 'utf8'));
    expect(seen.flags).toContain(`label=SD:key_id=${key.keyId}:key=${toHex(key.key)}`);
    expect(seen.mode).toBe(0o600);
    expect(JSON.stringify(seen.argv)).not.toContain(toHex(key.key));
    expect(existsSync(seen.file)).toBe(false);
  });

  it('keeps the keys out of the draft, and where they go with abandoned drafts if the process is killed', async () => {
    const outputRoot = mkdtempSync(join(folder, 'root-'));
    const draft = join(outputRoot, '.draft-1');
    mkdirSync(draft);
    const script = `require('node:fs').writeFileSync('seen', process.argv.at(-1).replace('--flagfile=', ''));`;
    await runPackager(runOf('place', script, { workingDirectory: draft }));
    const keyFolder = dirname(readFileSync(join(draft, 'seen'), 'utf8'));
    expect(dirname(keyFolder)).toBe(outputRoot);

    // What a kill in the middle would have left, two hours later.
    mkdirSync(keyFolder);
    writeFileSync(join(keyFolder, 'flags'), toHex(key.key));
    const twoHoursAgo = Date.now() / 1000 - 7200;
    const left = [join(keyFolder, 'flags'), keyFolder, join(draft, 'seen'), draft];
    for (const path of left) utimesSync(path, twoHoursAgo, twoHoursAgo);
    await publishTitle(outputRoot, join(outputRoot, 'title'), async (next) =>
      writeFileSync(join(next, 'title.json'), '{}'),
    );

    expect(readdirSync(outputRoot)).toEqual(['title']);
  });

  it('reports a failure with the last lines, without keys and folders', async () => {
    const failing = runOf(
      'fail',
      `console.error('E0101 key ${toHex(key.key).toUpperCase()} in ' + process.cwd() + '/film.mp4 is bad');
      process.exitCode = 3;`,
    );

    const error = await runPackager(failing).catch((reason: unknown) => reason);

    expect(error).toMatchObject({
      name: 'PackagingError',
      code: 'packager-failed',
      details: { exitCode: 3, output: 'E0101 key [key] in …/film.mp4 is bad' },
    });
    expect(String(error)).not.toContain(folder);
  });

  it('reports a program that cannot start', async () => {
    const missing = runOf('missing', '');
    const run = { ...missing, program: { path: join(folder, 'nowhere'), version: '0' } };
    await expect(runPackager(run)).rejects.toMatchObject({ code: 'packager-failed' });
  });

  it('stops the program and rejects with the reason when aborted', async () => {
    const controller = new AbortController();
    const reason = new Error('the viewer left');
    const watcher = watch(folder);
    const running = runPackager(
      runOf(
        'hang',
        `require('node:fs').writeFileSync('pid', String(process.pid)); setInterval(() => {}, 1000);`,
        { signal: controller.signal },
      ),
    ).catch((error: unknown) => error);
    while (!existsSync(join(folder, 'pid')) || readFileSync(join(folder, 'pid'), 'utf8') === '') {
      await once(watcher, 'change');
    }
    watcher.close();

    controller.abort(reason);

    expect(await running).toBe(reason);
    expect(() => process.kill(Number(readFileSync(join(folder, 'pid'), 'utf8')), 0)).toThrow('ESRCH');
  });

  it('does not start once aborted', async () => {
    const run = runOf('unused', `require('node:fs').writeFileSync('ran', '');`, {
      signal: AbortSignal.abort(new Error('too late')),
    });
    await expect(runPackager(run)).rejects.toThrow('too late');
    expect(existsSync(join(folder, 'ran'))).toBe(false);
  });
});
