import fs from 'node:fs';
import path from 'node:path';
import { runNpm } from '../setup/run-command.mjs';
import { folderOf, sourceOf } from './installations.mjs';

/** @typedef {import('./installations.mjs').Installation} Installation */

/** What an earlier run left that the next one can use. */
const KEPT = new Set(['node_modules', 'package.json', 'package-lock.json', '.next']);
/** What belongs to somebody who tried the example in its place. */
const NOT_COPIED = new Set(['node_modules', 'dist', '.next', 'next-env.d.ts']);
const QUIET = ['--no-audit', '--no-fund', '--prefer-offline', '--loglevel=error'];

/**
 * Copies an example and installs what it names, with tarballs in place of our packages.
 *
 * @param {Installation} installation
 * @param {ReadonlyMap<string, string>} tarballs
 * @param {import('../setup/progress.mjs').Step} step
 */
export async function installExample(installation, tarballs, step) {
  const folder = folderOf(installation);
  const source = sourceOf(installation.example);
  copyExample(source, folder);

  const manifest = manifestFor(installation, tarballs);
  if (readIfThere(path.join(folder, 'package.json')) === manifest) {
    step.note('nothing changed');
    return;
  }
  // Written only after an installation that succeeded, so that the next run tries again after one that did not.
  const trial = path.join(folder, 'package.json');
  fs.writeFileSync(trial, manifest);
  try {
    fs.copyFileSync(path.join(source, 'package-lock.json'), path.join(folder, 'package-lock.json'));
    await runNpm(['install', '--prefix', folder, ...QUIET], { cwd: folder });
  } catch (error) {
    fs.rmSync(trial);
    throw error;
  }
}

/**
 * Writes an example's lock file: all but our own packages, whose tarballs are others at each build.
 *
 * @param {string} example
 */
export async function lockExample(example) {
  const folder = folderOf({ name: `${example}-lock`, example: 'vite', versions: {} });
  fs.rmSync(folder, { recursive: true, force: true });
  fs.mkdirSync(folder, { recursive: true });
  const manifest = JSON.parse(fs.readFileSync(path.join(sourceOf(example), 'package.json'), 'utf8'));
  manifest.dependencies = withoutOurs(manifest.dependencies);
  fs.writeFileSync(path.join(folder, 'package.json'), JSON.stringify(manifest));

  const options = ['--package-lock-only', '--omit-lockfile-registry-resolved', ...QUIET];
  await runNpm(['install', '--prefix', folder, ...options], { cwd: folder });
  fs.copyFileSync(path.join(folder, 'package-lock.json'), path.join(sourceOf(example), 'package-lock.json'));
  fs.rmSync(folder, { recursive: true });
}

/**
 * @param {string} from
 * @param {string} to
 */
function copyExample(from, to) {
  fs.mkdirSync(to, { recursive: true });
  for (const name of fs.readdirSync(to)) {
    if (!KEPT.has(name)) fs.rmSync(path.join(to, name), { recursive: true });
  }
  for (const name of fs.readdirSync(from)) {
    if (NOT_COPIED.has(name) || KEPT.has(name)) continue;
    fs.cpSync(path.join(from, name), path.join(to, name), { recursive: true });
  }
}

/**
 * @param {Installation} installation
 * @param {ReadonlyMap<string, string>} tarballs
 */
function manifestFor({ example, versions }, tarballs) {
  const manifest = JSON.parse(fs.readFileSync(path.join(sourceOf(example), 'package.json'), 'utf8'));
  const ours = [...tarballs].map(([name, file]) => [name, `file:${file}`]);
  manifest.dependencies = { ...withoutOurs(manifest.dependencies), ...Object.fromEntries(ours) };
  for (const [name, version] of Object.entries(versions)) {
    const group = name in manifest.dependencies ? manifest.dependencies : manifest.devDependencies;
    group[name] = version;
  }

  return `${JSON.stringify(manifest, null, 2)}\n`;
}

/** @param {Record<string, string>} dependencies */
function withoutOurs(dependencies) {
  const others = Object.entries(dependencies).filter(([name]) => !name.startsWith('@secure-player/'));

  return Object.fromEntries(others);
}

/** @param {string} file */
function readIfThere(file) {
  return fs.existsSync(file) ? fs.readFileSync(file, 'utf8') : null;
}
