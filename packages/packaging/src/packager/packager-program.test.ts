import { chmodSync, mkdirSync, statSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { temporaryFolder } from '../testing/temporary-folder.js';
import { findPackager } from './packager-program.js';

const directory = temporaryFolder();

describe('findPackager', () => {
  it('finds the installed program and its version', async () => {
    const program = await findPackager();
    expect(program.path).toContain('shaka-packager');
    expect(program.version).toBe('3.4.2');
  });

  it('names the supported platforms on any other', async () => {
    await expect(findPackager({ platform: 'freebsd', arch: 'x64' })).rejects.toMatchObject({
      code: 'unsupported-platform',
      message: expect.stringMatching(
        /freebsd-x64.*linux-x64, linux-arm64, darwin-x64, darwin-arm64, win32-x64/,
      ),
    });
  });

  it('says what to do when the program is missing', async () => {
    await expect(findPackager({ platform: 'linux', arch: 'x64', directory })).rejects.toMatchObject({
      code: 'packager-missing',
      message: expect.stringContaining('npm install'),
    });
  });

  it.skipIf(process.platform === 'win32')('gives the program back its mode', async () => {
    const path = join(directory, 'bin', 'packager-linux-arm64');
    mkdirSync(join(directory, 'bin'));
    writeFileSync(path, '');
    chmodSync(path, 0o644);

    await findPackager({ platform: 'linux', arch: 'arm64', directory });

    expect(statSync(path).mode & 0o111).toBe(0o111);
  });
});
