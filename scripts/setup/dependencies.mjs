import { createHash } from 'node:crypto';
import fs from 'node:fs';
import path from 'node:path';
import { root } from './environment.mjs';
import { runNpm } from './run-command.mjs';

/**
 * @typedef {object} LockEntry
 * @property {string} [version]
 * @property {string} [integrity]
 * @property {string} [resolved]
 * @property {boolean} [optional]
 * @property {boolean} [devOptional]
 * @property {boolean} [link]
 */

/** @typedef {{ packages?: Record<string, LockEntry> }} Lock */

/** Holds the hash of the lock file that we installed last. npm deletes it with the rest of node_modules when it begins. */
const STAMP = path.join(root, 'node_modules/.installed-lock');

/**
 * Installs the dependencies when what is installed is not what the lock file asks for.
 *
 * @param {import('./progress.mjs').Progress} progress
 */
export async function ensureDependencies(progress) {
  const wanted = readLock('package-lock.json');
  if (wanted === null)
    throw new Error('package-lock.json is missing. Restore it: git checkout -- package-lock.json');

  // The stamp settles what comparing cannot: a lock file with entries that npm finds superfluous and leaves out.
  const hash = createHash('sha256').update(JSON.stringify(wanted)).digest('hex');
  const isCurrent = readStamp() === hash || isInstalled(wanted, readLock('node_modules/.package-lock.json'));
  if (isCurrent) return;

  await progress.step('Dependencies', () => runNpm(['ci', '--no-audit', '--no-fund', '--loglevel=error']));
  fs.writeFileSync(STAMP, hash);
}

function readStamp() {
  try {
    return fs.readFileSync(STAMP, 'utf8');
  } catch {
    return null;
  }
}

/**
 * Whether npm's record of what it installed (written last, so an interrupted install has none) agrees with the lock file.
 * Optional packages are left out: most of them are for other platforms.
 *
 * @param {Lock} wanted
 * @param {Lock | null} installed
 */
export function isInstalled(wanted, installed) {
  const actual = installed?.packages;
  if (actual === undefined) return false;

  return Object.entries(wanted.packages ?? {})
    .filter(
      ([location, entry]) => location.includes('node_modules/') && !entry.optional && !entry.devOptional,
    )
    .every(([location, entry]) => {
      const found = actual[location];
      if (found === undefined) return false;
      if (entry.link) return found.link === true && found.resolved === entry.resolved;
      return found.version === entry.version && found.integrity === entry.integrity;
    });
}

/**
 * @param {string} file
 * @returns {Lock | null}
 */
function readLock(file) {
  try {
    return JSON.parse(fs.readFileSync(path.join(root, file), 'utf8'));
  } catch {
    return null;
  }
}
