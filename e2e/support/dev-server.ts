import { cp, mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';

import react from '@vitejs/plugin-react';
import { createServer } from 'vite';

const fromHere = (path: string) => fileURLToPath(new URL(path, import.meta.url));

/** An application under development. */
export interface DevServer {
  readonly url: string;
  /** Changes a file, as its author would. */
  edit(file: string, from: string, to: string): Promise<void>;
  close(): Promise<void>;
}

/** Serves a copy of `e2e/hot-reload` by Vite, beside a site. The copy lies in the repository, where its imports are found. */
export async function startDevServer(site: string): Promise<DevServer> {
  const root = await mkdtemp(fromHere('../../.cache/hot-reload-'));
  await cp(fromHere('../hot-reload'), root, { recursive: true });
  const server = await createServer({
    root,
    configFile: false,
    logLevel: 'error',
    cacheDir: join(root, 'vite'),
    plugins: [react()],
    server: {
      host: '127.0.0.1',
      port: 0,
      proxy: { '/film.mpd': site, '/license': site, '/media': site },
    },
  });
  await server.listen();
  const url = server.resolvedUrls?.local[0];
  if (url === undefined) throw new Error('Vite listens nowhere.');

  return {
    url,
    async edit(file, from, to) {
      const path = join(root, file);
      await writeFile(path, (await readFile(path, 'utf8')).replace(from, to));
    },
    async close() {
      await server.close();
      await rm(root, { recursive: true, force: true });
    },
  };
}
