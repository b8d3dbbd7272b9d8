import { readdirSync, readFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';

import react from '@vitejs/plugin-react';
import { defineConfig, type Plugin } from 'vite';

const fromHere = (path: string) => fileURLToPath(new URL(path, import.meta.url));

/** Makes a module of the first code block of the README: what is promised there is what is tested. */
function readmeFirstBlock(): Plugin {
  const id = 'virtual:readme-first-block';

  return {
    name: 'readme-first-block',
    resolveId: (source) => (source === id ? `\0${id}.tsx` : null),
    load(resolved) {
      if (resolved !== `\0${id}.tsx`) return null;

      const block = /```tsx\n([\s\S]*?)```/.exec(readFileSync(fromHere('../../README.md'), 'utf8'))?.[1];
      if (block === undefined) throw new Error('The README has no tsx block.');
      return block;
    },
  };
}

/** Every page of this folder but the README's. */
function harnessPages(): string[] {
  return readdirSync(fromHere('.'))
    .filter((name) => name.endsWith('.html') && name !== 'readme.html')
    .map((name) => fromHere(`./${name}`));
}

/**
 * Two builds. The harness is on React's development build: no other mounts twice under StrictMode. What the README
 * promises is built as an application would be.
 */
export default defineConfig(({ mode }) => {
  const isHarness = mode === 'development';

  return {
    root: fromHere('.'),
    base: isHarness ? '/harness/' : '/readme/',
    define: { 'process.env.NODE_ENV': JSON.stringify(mode) },
    plugins: [readmeFirstBlock(), react()],
    build: {
      outDir: fromHere(isHarness ? '../dist/harness' : '../dist/readme'),
      emptyOutDir: true,
      // Tests read the names of components.
      minify: !isHarness,
      rollupOptions: { input: isHarness ? harnessPages() : fromHere('./readme.html') },
    },
  };
});
