import path from 'node:path';

/**
 * @typedef {object} System
 * @property {string} platform
 * @property {Record<string, string | undefined>} env
 */

/**
 * Where a browser is usually installed, best first. None of these files need exist.
 *
 * @param {import('./kinds.mjs').Places} places
 * @param {System} system
 * @returns {string[]}
 */
export function browserCandidates({ commands, files, macApps, windowsFiles }, { platform, env }) {
  if (platform === 'darwin') return macCandidates(macApps, env);
  if (platform === 'win32') return windowsCandidates(windowsFiles, env);
  const folders = (env['PATH'] ?? '').split(':').filter((folder) => folder.startsWith('/'));
  const onPath = commands.flatMap((name) => folders.map((folder) => path.posix.join(folder, name)));
  const usual = commands.map((name) => `/usr/bin/${name}`);
  return [...new Set([...onPath, ...usual, ...files])];
}

/**
 * @param {readonly string[]} apps
 * @param {System['env']} env
 */
function macCandidates(apps, env) {
  const folders = ['/Applications', ...(env['HOME'] ? [path.posix.join(env['HOME'], 'Applications')] : [])];
  return apps.flatMap((app) => folders.map((folder) => path.posix.join(folder, app)));
}

/**
 * @param {readonly string[]} files
 * @param {System['env']} env
 */
function windowsCandidates(files, env) {
  const folders = [env['PROGRAMFILES'], env['PROGRAMFILES(X86)'], env['LOCALAPPDATA']].filter(
    (folder) => folder !== undefined,
  );
  return files.flatMap((file) => folders.map((folder) => path.win32.join(folder, file)));
}
