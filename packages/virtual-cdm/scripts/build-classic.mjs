// Bundles dist/classic/index.js into one classic script without imports, for a test runner to inject before any page script.
import fs from 'node:fs';
import { fileURLToPath } from 'node:url';
import { build } from 'vite';

const fromHere = (/** @type {string} */ path) => fileURLToPath(new URL(path, import.meta.url));

await build({
  root: fromHere('..'),
  configFile: false,
  logLevel: 'warn',
  build: {
    outDir: fromHere('../dist/classic'),
    emptyOutDir: false,
    minify: true,
    target: 'es2022',
    modulePreload: false,
    rolldownOptions: {
      input: fromHere('../dist/classic/index.js'),
      output: { format: 'iife', entryFileNames: 'virtual-cdm.js', strict: true },
    },
  },
});

// What the script declares, for those who resolve its path by the package's exports.
fs.writeFileSync(
  fromHere('../dist/classic/virtual-cdm.d.ts'),
  `declare global {
  /** The public API of this package, in a page that has the classic script. */
  var SecurePlayerVirtualCdm: Readonly<typeof import('../dom/index.js')>;
}
export {};
`,
);
