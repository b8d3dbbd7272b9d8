// Bundles every public entry point as an application would get it, into .cache/size, for size-limit to weigh.
// What matters to users is not the size of a package but what an import of it adds to their page.
import fs from 'node:fs';
import path from 'node:path';
import { build } from 'vite';
import { root } from './setup/environment.mjs';

const OUTPUT = path.join(root, '.cache/size');

/** The application brings these itself; shaka-player is a chunk of its own, loaded when a film starts. */
const EXTERNAL = /^(?:react|react-dom|shaka-player|@tanstack\/react-query)(?:\/|$)/;

/** @type {Readonly<Record<string, string>>} Bundle name to the module that is bundled. */
const ENTRY_POINTS = {
  protocol: '@secure-player/protocol',
  core: '@secure-player/core',
  'core-dom': '@secure-player/core/dom',
  shaka: '@secure-player/shaka',
  react: '@secure-player/react',
  'react-query': '@secure-player/react/query',
  'react-presets': '@secure-player/react/presets',
  'virtual-cdm': '@secure-player/virtual-cdm',
  'virtual-cdm-memory': '@secure-player/virtual-cdm/memory',
};

fs.rmSync(OUTPUT, { recursive: true, force: true });
for (const [name, entry] of Object.entries(ENTRY_POINTS)) await bundle(name, entry);

/**
 * @param {string} name
 * @param {string} entry
 */
async function bundle(name, entry) {
  const outDir = path.join(OUTPUT, name);
  const input = path.join(OUTPUT, `${name}.entry.js`);
  fs.mkdirSync(OUTPUT, { recursive: true });
  fs.writeFileSync(input, `export * from '${entry}';\n`);
  await build({
    root,
    configFile: false,
    logLevel: 'error',
    build: {
      outDir,
      minify: true,
      target: 'es2022',
      modulePreload: false,
      rolldownOptions: {
        input,
        external: EXTERNAL,
        preserveEntrySignatures: 'strict',
        output: { entryFileNames: 'index.js' },
      },
    },
  });
}
