import { createHash } from 'node:crypto';
import fs from 'node:fs';
import path from 'node:path';
import { root } from '../setup/environment.mjs';
import { runNpm } from '../setup/run-command.mjs';
import { INSTALLED } from './installations.mjs';

const SCOPE = '@secure-player/';
const TARBALLS = path.join(INSTALLED, 'tarballs');

/**
 * Packs `@secure-player/react` and all of ours that it needs, as `npm publish` would. A tarball's name tells its content: npm
 * takes one that it knows by name for the same.
 *
 * @returns {Promise<ReadonlyMap<string, string>>} Package name to tarball.
 */
export async function packPackages() {
  const names = withDependencies(`${SCOPE}react`);
  fs.rmSync(TARBALLS, { recursive: true, force: true });
  fs.mkdirSync(TARBALLS, { recursive: true });
  await runNpm(['pack', '--pack-destination', TARBALLS, ...names.flatMap((name) => ['-w', name])]);

  return new Map(names.map((name) => [name, nameByContent(name)]));
}

/**
 * @param {string} name
 * @param {Set<string>} [found]
 * @returns {string[]}
 */
function withDependencies(name, found = new Set()) {
  if (found.has(name)) return [];

  found.add(name);
  const manifest = JSON.parse(fs.readFileSync(path.join(folderOfPackage(name), 'package.json'), 'utf8'));
  for (const dependency of Object.keys(manifest.dependencies ?? {}))
    if (dependency.startsWith(SCOPE)) withDependencies(dependency, found);

  return [...found];
}

/** @param {string} name */
function folderOfPackage(name) {
  return path.join(root, 'packages', name.slice(SCOPE.length));
}

/** @param {string} name */
function nameByContent(name) {
  const prefix = `${name.slice(1).replace('/', '-')}-`;
  const packed = fs.readdirSync(TARBALLS).find((file) => file.startsWith(prefix));
  if (packed === undefined) throw new Error(`npm did not pack ${name}.`);

  const content = fs.readFileSync(path.join(TARBALLS, packed));
  const hash = createHash('sha256').update(content).digest('hex').slice(0, 12);
  const named = path.join(TARBALLS, `${prefix}${hash}.tgz`);
  fs.renameSync(path.join(TARBALLS, packed), named);
  return named;
}
