import path from 'node:path';

const LINUX_COMMANDS = ['google-chrome', 'google-chrome-stable', 'chromium', 'chromium-browser', 'chrome'];
const LINUX_FILES = [
  '/opt/google/chrome/chrome',
  '/usr/lib/chromium/chromium',
  '/usr/lib64/chromium-browser/chromium-browser',
];
const MAC_APPS = ['Google Chrome.app/Contents/MacOS/Google Chrome', 'Chromium.app/Contents/MacOS/Chromium'];
const WINDOWS_FILES = [
  String.raw`Google\Chrome\Application\chrome.exe`,
  String.raw`Chromium\Application\chrome.exe`,
];

/**
 * Where Chrome and Chromium are usually installed, best first. None of these files need exist.
 *
 * @param {{ platform: string, env: Record<string, string | undefined> }} system
 * @returns {string[]}
 */
export function browserCandidates({ platform, env }) {
  if (platform === 'darwin') return macCandidates(env);
  if (platform === 'win32') return windowsCandidates(env);
  const folders = (env['PATH'] ?? '').split(':').filter((folder) => folder.startsWith('/'));
  const onPath = LINUX_COMMANDS.flatMap((name) => folders.map((folder) => path.posix.join(folder, name)));
  const usual = LINUX_COMMANDS.map((name) => `/usr/bin/${name}`);
  return [...new Set([...onPath, ...usual, ...LINUX_FILES])];
}

/** @param {Record<string, string | undefined>} env */
function macCandidates(env) {
  const folders = ['/Applications', ...(env['HOME'] ? [path.posix.join(env['HOME'], 'Applications')] : [])];
  return MAC_APPS.flatMap((app) => folders.map((folder) => path.posix.join(folder, app)));
}

/** @param {Record<string, string | undefined>} env */
function windowsCandidates(env) {
  const folders = [env['PROGRAMFILES'], env['PROGRAMFILES(X86)'], env['LOCALAPPDATA']].filter(
    (folder) => folder !== undefined,
  );
  return WINDOWS_FILES.flatMap((file) => folders.map((folder) => path.win32.join(folder, file)));
}
