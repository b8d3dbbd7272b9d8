import { constants } from 'node:fs';
import { access, chmod } from 'node:fs/promises';
import { createRequire } from 'node:module';
import { dirname, join } from 'node:path';
import { PackagingError } from '../errors/packaging-error.js';

const PROGRAMS: Readonly<Record<string, string>> = {
  'linux-x64': 'packager-linux-x64',
  'linux-arm64': 'packager-linux-arm64',
  'darwin-x64': 'packager-osx-x64',
  'darwin-arm64': 'packager-osx-arm64',
  'win32-x64': 'packager-win-x64.exe',
};

/** Shaka Packager as npm installed it. */
export interface PackagerProgram {
  readonly path: string;
  readonly version: string;
}

/** Where to look for Packager; only tests need to say. */
export interface PackagerLocation {
  /** @default `process.platform` */
  readonly platform?: string | undefined;
  /** @default `process.arch` */
  readonly arch?: string | undefined;
  /** The `shaka-packager` package's folder. @default where Node finds it */
  readonly directory?: string | undefined;
}

/** Finds Packager's program for this machine and makes sure that it may be run. */
export async function findPackager(location: PackagerLocation = {}): Promise<PackagerProgram> {
  const { platform = process.platform, arch = process.arch } = location;
  const name = PROGRAMS[`${platform}-${arch}`];
  if (name === undefined) {
    const supported = Object.keys(PROGRAMS).join(', ');
    throw new PackagingError(
      'unsupported-platform',
      `Shaka Packager has no program for ${platform}-${arch}. Package on one of ${supported}.`,
    );
  }

  const installed = findInstallation();
  const path = join(location.directory ?? installed.directory, 'bin', name);
  await makeExecutable(path, name);
  return { path, version: installed.version };
}

function findInstallation(): { directory: string; version: string } {
  const require = createRequire(import.meta.url);
  try {
    const manifest = require.resolve('shaka-packager/package.json');
    const { version } = require(manifest) as { version: string };
    return { directory: dirname(manifest), version };
  } catch (cause) {
    throw new PackagingError(
      'packager-missing',
      'The package shaka-packager is not installed. Run `npm install` in the workspace.',
      { cause },
    );
  }
}

/** Some archives and caches drop file modes, and an owner can put them back. */
async function makeExecutable(path: string, name: string): Promise<void> {
  try {
    await access(path, constants.F_OK);
  } catch (cause) {
    throw new PackagingError(
      'packager-missing',
      `${name} is missing from the package shaka-packager. Reinstall it with \`npm install --force\`.`,
      { cause },
    );
  }

  try {
    await access(path, constants.X_OK);
  } catch {
    try {
      await chmod(path, 0o755);
    } catch (cause) {
      throw new PackagingError(
        'packager-not-executable',
        `${name} may not be executed. Give it back its mode with \`chmod +x\`, as the user who installed it.`,
        { cause },
      );
    }
  }
}
