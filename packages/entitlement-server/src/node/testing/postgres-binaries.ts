import fs from 'node:fs';
import path from 'node:path';

/** Names the folder of PostgreSQL's programs; set-up does so for the tests. */
const VARIABLE = 'SECURE_PLAYER_POSTGRES';
const ADVICE = `Debian and Ubuntu: apt-get install postgresql. Or set ${VARIABLE} to the folder of initdb and postgres, or DATABASE_URL to a server.`;

/** Where PostgreSQL's programs are, or what to say where there are none. */
export type PostgresBinaries =
  | { readonly folder: string }
  | { readonly missing: string; readonly isExcused: boolean };

/**
 * Looks for PostgreSQL's programs. Having none is excused where set-up cannot install them: on somebody's own machine that
 * is not a Debian it may administer. Never in continuous integration.
 */
export function findPostgres(): PostgresBinaries {
  const given = process.env[VARIABLE];
  const folders = given ? [given] : usualFolders();
  const folder = folders.find((candidate) => fs.existsSync(path.join(candidate, 'initdb')));
  if (folder !== undefined) return { folder };

  const isCi = !['', '0', 'false'].includes(process.env['CI'] ?? '');
  const isInstallable = process.getuid?.() === 0 && fs.existsSync('/etc/debian_version');
  const missing = given ? `There is no initdb in ${given}.` : 'There is no PostgreSQL here.';
  return { missing: `${missing} To have one: ${ADVICE}`, isExcused: !given && !isCi && !isInstallable };
}

function usualFolders(): string[] {
  const onPath = (process.env['PATH'] ?? '')
    .split(path.delimiter)
    .filter((folder) => path.isAbsolute(folder));
  const debian = '/usr/lib/postgresql';
  const versions = fs.existsSync(debian) ? fs.readdirSync(debian) : [];
  const newestFirst = versions.sort((a, b) => Number(b) - Number(a));
  return [...newestFirst.map((version) => path.join(debian, version, 'bin')), ...onPath];
}
