import { fileURLToPath } from 'node:url';

import { defineConfig } from 'vite';

const fromHere = (path: string) => fileURLToPath(new URL(path, import.meta.url));

/** The contract suite as one script, `contract.js`, that any page can load; and an empty page that does. */
export default defineConfig({
  root: fromHere('.'),
  base: '/contract/',
  build: {
    outDir: fromHere('../dist/contract'),
    emptyOutDir: true,
    // Failures are told in words that a minifier would not shorten, but stacks are read by people.
    minify: false,
    rollupOptions: {
      input: { contract: fromHere('./index.html'), frame: fromHere('./frame.html') },
      output: { entryFileNames: '[name].js' },
    },
  },
});
