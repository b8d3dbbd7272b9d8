// The PostgreSQL of the tests: findPostgres() for benchmarks, ensurePostgres() for set-up.
// `node scripts/postgres.mjs` prints where its programs are.
import fs from 'node:fs';
import path from 'node:path';
import process from 'node:process';
import { pathToFileURL } from 'node:url';
import { isRoot } from './browser/arguments.mjs';
import { distributionId } from './browser/os-release.mjs';
import { DEBIAN_FOLDER, postgresFolders } from './postgres/folders.mjs';
import { CommandError, runCommand } from './setup/run-command.mjs';

/** Names the folder of PostgreSQL's programs. */
export const POSTGRES_VARIABLE = 'SECURE_PLAYER_POSTGRES';

const BY_HAND =
  `install PostgreSQL 15 or newer and try again, set ${POSTGRES_VARIABLE} to the folder of its initdb and postgres, ` +
  'or set DATABASE_URL to a server on which databases may be made';

/** There is no PostgreSQL on this machine; the message says why and what to do. */
export class NoPostgresError extends Error {
  /** @param {string} message */
  constructor(message) {
    super(message);
    this.name = 'NoPostgresError';
  }
}

/**
 * What is known of the machine, and what can be done on it.
 *
 * @typedef {object} System
 * @property {string | undefined} given The value of {@link POSTGRES_VARIABLE}.
 * @property {readonly string[]} folders Where to look, best first.
 * @property {(folder: string) => boolean} hasPrograms
 * @property {string} distribution The `ID` of os-release.
 * @property {boolean} isRoot
 * @property {() => Promise<void>} install
 */

/**
 * The folder of PostgreSQL's programs: SECURE_PLAYER_POSTGRES, else an installed one. Installs nothing.
 *
 * @returns {string}
 */
export function findPostgres() {
  return findIn(describeSystem());
}

/**
 * As {@link findPostgres}, and installs one on a Debian or Ubuntu where there is none.
 *
 * @returns {Promise<string>}
 */
export async function ensurePostgres() {
  return await ensureIn(describeSystem, describeSystem());
}

/**
 * Exported for its test.
 *
 * @param {() => System} look
 * @param {System} system
 * @returns {Promise<string>}
 */
export async function ensureIn(look, system) {
  const isInstallable = hasApt(system) && system.isRoot && !system.given;
  try {
    return findIn(system);
  } catch (error) {
    if (!isInstallable) throw error;
  }
  try {
    await system.install();
  } catch (error) {
    const reason =
      error instanceof CommandError ? `${error.message} ${lastLine(error.output)}` : String(error);
    throw new NoPostgresError(
      `No PostgreSQL is installed and none could be: ${reason} To have one: ${adviceFor(system)}.`,
    );
  }
  return findIn(look());
}

/**
 * @param {System} system
 * @returns {string}
 */
function findIn(system) {
  const { given, folders, hasPrograms } = system;
  if (given && !hasPrograms(given)) {
    throw new Error(`${given} has no initdb and postgres. Correct ${POSTGRES_VARIABLE}, or unset it.`);
  }
  const folder = given || folders.find((candidate) => hasPrograms(candidate));
  if (folder) return folder;
  throw new NoPostgresError(`There is no PostgreSQL here. To have one: ${adviceFor(system)}.`);
}

/** @param {Pick<System, 'distribution' | 'isRoot'>} system */
function adviceFor({ distribution, isRoot: root }) {
  if (!hasApt({ distribution })) return BY_HAND;
  return `run \`${root ? '' : 'sudo '}apt-get install postgresql\`, or ${BY_HAND}`;
}

/** @param {Pick<System, 'distribution'>} system */
function hasApt({ distribution }) {
  return distribution === 'debian' || distribution === 'ubuntu';
}

/** @returns {System} */
function describeSystem() {
  const versions = fs.existsSync(DEBIAN_FOLDER) ? fs.readdirSync(DEBIAN_FOLDER) : [];
  return {
    given: process.env[POSTGRES_VARIABLE],
    folders: postgresFolders({ path: process.env['PATH'] ?? '', versions }),
    hasPrograms: (folder) =>
      ['initdb', 'postgres'].every((program) => fs.existsSync(path.join(folder, program))),
    distribution: distributionId(),
    isRoot,
    install: installByApt,
  };
}

async function installByApt() {
  const env = { DEBIAN_FRONTEND: 'noninteractive' };
  await runCommand('apt-get update', 'apt-get', ['update'], { env });
  await runCommand('apt-get install', 'apt-get', ['install', '-y', '--no-install-recommends', 'postgresql'], {
    env,
  });
}

/** @param {string} output */
function lastLine(output) {
  return output.trim().split('\n').at(-1) ?? '';
}

if (import.meta.url === pathToFileURL(process.argv[1] ?? '').href) console.log(await ensurePostgres());
