// Bundles every public entry point as an application would get it, into .cache/size, for size-limit to weigh.
// What matters to users is not the size of a package but what an import of it adds to their page.
import fs from 'node:fs';
import path from 'node:path';
import { build } from 'vite';
import { root } from './setup/environment.mjs';

const OUTPUT = path.join(root, '.cache/size');

/** The application brings these itself; shaka-player is a chunk of its own, loaded when a film starts. */
const EXTERNAL = /^(?:react|react-dom|shaka-player|@tanstack\/react-query)(?:\/|$)/;

/** @type {Readonly<Record<string, string | { readonly entry: string, readonly names: readonly string[] }>>} Bundle name to the module, or the part of it, that is bundled. */
const ENTRY_POINTS = {
  protocol: '@secure-player/protocol',
  core: '@secure-player/core',
  'core-dom': '@secure-player/core/dom',
  shaka: '@secure-player/shaka',
  react: '@secure-player/react',
  'react-player': { entry: '@secure-player/react', names: ['SecurePlayer'] },
  'react-hooks': { entry: '@secure-player/react', names: ['useMediaKeys', 'useLicense'] },
  'react-query': '@secure-player/react/query',
  'react-offline': {
    entry: '@secure-player/react/offline',
    names: ['DownloadButton', 'DownloadList', 'DownloadSpaceBar', 'useDownloads'],
  },
  'react-offline-hooks': { entry: '@secure-player/react/offline', names: ['useDownload', 'useDownloads'] },
  'react-presets': '@secure-player/react/presets',
  'virtual-cdm': '@secure-player/virtual-cdm',
  'virtual-cdm-memory': '@secure-player/virtual-cdm/memory',
};

fs.rmSync(OUTPUT, { recursive: true, force: true });
for (const [name, entry] of Object.entries(ENTRY_POINTS)) {
  const { entry: from, names } = typeof entry === 'string' ? { entry, names: null } : entry;
  await bundle(name, `export ${names ? `{ ${names.join(', ')} }` : '*'} from '${from}';\n`);
}

/**
 * @param {string} name
 * @param {string} text Of the module that is bundled.
 */
async function bundle(name, text) {
  const outDir = path.join(OUTPUT, name);
  const input = path.join(OUTPUT, `${name}.entry.js`);
  fs.mkdirSync(OUTPUT, { recursive: true });
  fs.writeFileSync(input, text);
  const result = await build({
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
  keepInitialChunks(outDir, result);
}

/**
 * Puts the chunks that an import brings along beside `index.js`, where they are weighed with it; those that are loaded later
 * stay in `assets`.
 *
 * @param {string} outDir
 * @param {Awaited<ReturnType<typeof build>>} result
 */
function keepInitialChunks(outDir, result) {
  const made = [result].flat()[0];
  if (!made || !('output' in made)) throw new Error('The build gave no bundle.');

  const chunks = made.output.filter((file) => file.type === 'chunk');
  const initial = new Set(['index.js']);
  for (const name of initial) {
    for (const imported of chunks.find(({ fileName }) => fileName === name)?.imports ?? []) {
      if (chunks.some(({ fileName }) => fileName === imported)) initial.add(imported);
    }
  }
  for (const name of initial) {
    if (name !== 'index.js') fs.renameSync(path.join(outDir, name), path.join(outDir, path.basename(name)));
  }
}
