import { createHash } from 'node:crypto';
import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';

import type { Response } from '@playwright/test';

import { ENGINE_BUILDS, type EngineBuild } from '../engines/engine-builds.js';
import { ENGINE_NAMES } from '../engines/engine.js';
import { EnginePage } from '../engines/engine-page.js';
import { modulesOf, packageFolder, readVendorFile, VENDOR_PATH } from '../engines/serve-engines.js';
import { expect, test } from '../support/fixtures.js';

const LOCK_FILE = fileURLToPath(new URL('../../package-lock.json', import.meta.url));
/** All the code of ours on an engine's page, in bytes: a player would not fit in. */
const OUR_CODE_LIMIT = 16_384;

const sha256 = (bytes: Uint8Array | string) => createHash('sha256').update(bytes).digest('hex');

/** The hash that {@link ENGINE_BUILDS} has, of what is installed. */
async function hashInstalled(build: EngineBuild): Promise<string> {
  const folder = packageFolder(build.packageName);
  const { files } = build;
  if (files.kind === 'entry') return sha256(await readFile(join(folder, build.entry)));

  const lines = await Promise.all(
    modulesOf(build).map(async (path) => {
      const hash = sha256(await readFile(join(folder, path)));
      return `${hash}  ${path.slice(files.folder.length + 1)}\n`;
    }),
  );
  return sha256(lines.join(''));
}

for (const name of ENGINE_NAMES) {
  const build = ENGINE_BUILDS[name];

  test(`${name} is what its authors published`, async () => {
    const manifest = JSON.parse(
      await readFile(join(packageFolder(build.packageName), 'package.json'), 'utf8'),
    ) as { version: string };
    const lock = JSON.parse(await readFile(LOCK_FILE, 'utf8')) as {
      packages: Record<string, { version: string; integrity: string }>;
    };

    expect(manifest.version).toBe(build.version);
    expect(lock.packages[`node_modules/${build.packageName}`]).toMatchObject({
      version: build.version,
      integrity: build.integrity,
    });
    expect(await hashInstalled(build)).toBe(build.files.sha256);
  });

  test(`${name} reaches its page byte for byte`, async ({ page, site }) => {
    const scripts: Promise<{ path: string; body: Buffer }>[] = [];
    page.on('response', (response) => {
      if (response.request().resourceType() === 'script') scripts.push(readScript(response));
    });
    await new EnginePage(page, site).open(name);
    const loaded = await Promise.all(scripts);
    const vendored = loaded.filter(({ path }) => path.startsWith(VENDOR_PATH));
    const ours = loaded.filter(({ path }) => !path.startsWith(VENDOR_PATH));

    expect(vendored.map(({ path }) => path)).toContain(`${VENDOR_PATH}${build.packageName}/${build.entry}`);
    for (const { path, body } of vendored) {
      const installed = await readVendorFile(path);
      expect(installed && body.equals(installed), path).toBe(true);
    }
    expect(ours.map(({ path }) => path)).toEqual([expect.stringMatching(/^\/engines\/assets\/[\w-]+\.js$/)]);
    expect(ours.reduce((sum, { body }) => sum + body.length, 0)).toBeLessThan(OUR_CODE_LIMIT);
  });
}

async function readScript(response: Response): Promise<{ path: string; body: Buffer }> {
  return { path: new URL(response.url()).pathname, body: await response.body() };
}
