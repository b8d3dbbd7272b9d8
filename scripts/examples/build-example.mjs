import fs from 'node:fs';
import path from 'node:path';
import { root } from '../setup/environment.mjs';
import { runNode, runNpm } from '../setup/run-command.mjs';
import { folderOf } from './installations.mjs';

/** @typedef {import('./installations.mjs').Installation} Installation */

/** What tests ask of an installation beyond the example itself. */
const CONSUMER = path.join(root, 'e2e/consumer');

/**
 * Type-checks and builds an installed example, by its own command.
 *
 * @param {Installation} installation
 */
export async function buildExample(installation) {
  const folder = folderOf(installation);
  await runNpm(['run', 'build', '--prefix', folder], { cwd: folder, env: { NODE_ENV: undefined } });
  if (installation.example === 'next') completeServer(folder);
  else await buildConsumer(folder);
}

/**
 * Next leaves the files for browsers out of the folder of its server, as many put them on a CDN.
 *
 * @param {string} folder
 */
function completeServer(folder) {
  fs.cpSync(path.join(folder, '.next/static'), path.join(folder, '.next/standalone/.next/static'), {
    recursive: true,
  });
}

/**
 * Type-checks as a package of Node would, and renders a page in plain Node for the browser to take over.
 *
 * @param {string} folder
 */
async function buildConsumer(folder) {
  const to = path.join(folder, 'consumer');
  fs.rmSync(to, { recursive: true, force: true });
  fs.cpSync(CONSUMER, to, { recursive: true });
  const run = (/** @type {string} */ name, /** @type {string[]} */ args) =>
    runNode(name, args, { cwd: to, env: { NODE_ENV: 'development' } });
  const vite = '../node_modules/vite/bin/vite.js';

  await run('tsc', ['../node_modules/typescript/bin/tsc', '-p', 'tsconfig.nodenext.json']);
  await run('vite build', [vite, 'build', '--mode', 'development']);
  await run('vite build --ssr', [vite, 'build', '--ssr', 'entry-server.tsx', '--outDir', 'server']);
  await run('rendering', ['server/entry-server.js', path.join(to, 'dist/index.html')]);
}
