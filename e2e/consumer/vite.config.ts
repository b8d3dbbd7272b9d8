import { fileURLToPath } from 'node:url';

import { defineConfig } from 'vite';

/** The page for browsers on React's development build, which is the one that tells of a mismatch in words. */
export default defineConfig(({ isSsrBuild, mode }) => ({
  root: fileURLToPath(new URL('.', import.meta.url)),
  base: './',
  define: isSsrBuild ? {} : { 'process.env.NODE_ENV': JSON.stringify(mode) },
  build: isSsrBuild
    ? {}
    : {
        rollupOptions: {
          input: fileURLToPath(new URL('entry-client.tsx', import.meta.url)),
          output: { entryFileNames: 'client.js', assetFileNames: 'client[extname]' },
        },
      },
}));
