import path from 'node:path';

/**
 * Where PostgreSQL's programs are usually installed, newest first. Debian keeps each version's in a folder that is on no path.
 *
 * @param {object} system
 * @param {string} system.path
 * @param {readonly string[]} system.versions The names in Debian's folder of versions.
 * @returns {string[]}
 */
export function postgresFolders({ path: searchPath, versions }) {
  const newestFirst = [...versions].sort((a, b) => Number(b) - Number(a));
  const onPath = searchPath.split(path.delimiter).filter((folder) => path.isAbsolute(folder));
  return [...newestFirst.map((version) => `${DEBIAN_FOLDER}/${version}/bin`), ...onPath];
}

/** Holds a folder for each version that is installed. */
export const DEBIAN_FOLDER = '/usr/lib/postgresql';
