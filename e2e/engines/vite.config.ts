import { fileURLToPath } from 'node:url';

import { defineConfig } from 'vite';

const fromHere = (path: string) => fileURLToPath(new URL(path, import.meta.url));

/** The page around the engines. The engines themselves are not bundled: they are served as npm installed them. */
export default defineConfig({
  root: fromHere('.'),
  base: '/engines/',
  build: {
    outDir: fromHere('../dist/engines'),
    emptyOutDir: true,
  },
});
