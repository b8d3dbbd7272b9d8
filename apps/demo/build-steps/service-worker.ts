import { createHash } from 'node:crypto';
import { readdir, readFile } from 'node:fs/promises';
import { join, relative, sep } from 'node:path';
import { fileURLToPath } from 'node:url';

import { build, type Plugin } from 'vite';

const ENTRY = fileURLToPath(new URL('../src/service-worker/service-worker.ts', import.meta.url));
const PRECACHED = /\.(?:html|js|css|svg|png|webmanifest)$/;

/** Makes the service worker when the client is written: one file, which knows every file of the client and its version. */
export function serviceWorker(): Plugin {
  return {
    name: 'service-worker',
    apply: 'build',
    writeBundle: {
      order: 'post',
      sequential: true,
      async handler({ dir = '.' }) {
        await bundle(await listFiles(dir), dir);
      },
    },
  };
}

interface ShellFile {
  readonly url: string;
  /** `null` where the name says it. */
  readonly revision: string | null;
}

async function listFiles(dir: string): Promise<ShellFile[]> {
  const names = await readdir(dir, { recursive: true });
  const paths = names.map((name) => name.split(sep).join('/')).filter((name) => PRECACHED.test(name));

  return Promise.all(
    paths.sort().map(async (path) => ({
      url: `/${path}`,
      revision: path.startsWith('assets/') ? null : await digestOf(join(dir, path)),
    })),
  );
}

async function digestOf(path: string): Promise<string> {
  return createHash('sha256')
    .update(await readFile(path))
    .digest('hex')
    .slice(0, 16);
}

async function bundle(files: readonly ShellFile[], outDir: string): Promise<void> {
  await build({
    configFile: false,
    logLevel: 'warn',
    publicDir: false,
    define: { SHELL_FILES: JSON.stringify(files) },
    build: {
      outDir: relative(process.cwd(), outDir),
      emptyOutDir: false,
      target: 'es2022',
      modulePreload: false,
      rolldownOptions: { input: ENTRY, output: { format: 'iife', entryFileNames: 'sw.js' } },
    },
  });
}
