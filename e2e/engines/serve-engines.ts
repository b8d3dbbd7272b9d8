import { existsSync, readdirSync } from 'node:fs';
import { readFile } from 'node:fs/promises';
import { createRequire } from 'node:module';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';

import { serveStatic } from '@hono/node-server/serve-static';
import { Hono } from 'hono';

import { ENGINE_BUILDS, type EngineBuild } from './engine-builds.js';

const DIST = fileURLToPath(new URL('../dist', import.meta.url));
/** Where an engine's own bytes are served from, before the package's name. */
export const VENDOR_PATH = '/engines/vendor/';

/** The engines' pages, and the engines as they lie in `node_modules`. */
export function serveEngines(): Hono {
  const app = new Hono();

  app.get('/engines/import-map/:package', async (c) => {
    const build = findBuild(c.req.param('package'));
    return build === undefined ? c.notFound() : c.json(await importMap(build));
  });
  app.get(`${VENDOR_PATH}*`, async (c) => {
    const bytes = await readVendorFile(new URL(c.req.url).pathname);
    return bytes === null ? c.notFound() : c.body(bytes, 200, { 'content-type': 'text/javascript' });
  });
  app.use('/engines/*', serveStatic({ root: DIST }));

  return app;
}

/** The file that a URL path below {@link VENDOR_PATH} stands for; null for a path that stands for none. */
export async function readVendorFile(pathname: string): Promise<Uint8Array<ArrayBuffer> | null> {
  const path = pathname.slice(VENDOR_PATH.length);
  const build = Object.values(ENGINE_BUILDS).find(({ packageName }) => path.startsWith(`${packageName}/`));
  const file = build && path.slice(build.packageName.length + 1);
  if (build === undefined || file === undefined || !isModuleOf(build, file)) return null;

  return new Uint8Array(await readFile(join(packageFolder(build.packageName), file)));
}

/** The files that make up an engine, as paths in its package, in the order of their code points. */
export function modulesOf({ packageName, entry, files }: EngineBuild): string[] {
  if (files.kind === 'entry') return [entry];

  return readdirSync(join(packageFolder(packageName), files.folder), { recursive: true, encoding: 'utf8' })
    .map((path) => `${files.folder}/${path.replaceAll('\\', '/')}`)
    .filter((path) => path.endsWith('.js'))
    .sort((one, other) => (one < other ? -1 : 1));
}

/** The path comes from a parsed URL, in which no `..` is left. */
function isModuleOf({ entry, files }: EngineBuild, path: string): boolean {
  return path === entry || (files.kind === 'folder' && path.startsWith(files.folder) && path.endsWith('.js'));
}

/** Where npm put a package. Its `exports` need not tell, so the folders are searched as Node would. */
export function packageFolder(packageName: string): string {
  const folders = createRequire(import.meta.url).resolve.paths(packageName) ?? [];
  const folder = folders.find((candidate) => existsSync(join(candidate, packageName, 'package.json')));
  if (folder === undefined) throw new Error(`${packageName} is not installed. Run npm ci.`);

  return join(folder, packageName);
}

/**
 * For an engine that is made for bundlers: the addresses that its imports have in a browser where they leave out `.js`
 * or `/index.js` or write a slash twice, and the file that each means.
 */
async function importMap(build: EngineBuild): Promise<{ imports: Record<string, string> }> {
  const root = `${VENDOR_PATH}${build.packageName}/`;
  const urls = new Set(modulesOf(build).map((path) => `${root}${path}`));
  const imports: Record<string, string> = {};

  for (const url of urls) {
    const bytes = await readFile(join(packageFolder(build.packageName), url.slice(root.length)), 'utf8');
    for (const [, specifier = ''] of bytes.matchAll(/(?:from|import) "(\.[^"]*)"/g)) {
      const { pathname } = new URL(specifier, `http://localhost${url}`);
      const path = pathname.replaceAll(/\/+/g, '/');
      const file = [`${path}.js`, `${path}/index.js`].find((candidate) => urls.has(candidate));
      if (!urls.has(pathname) && file !== undefined) imports[pathname] = file;
    }
  }
  return { imports };
}

function findBuild(packageName: string): EngineBuild | undefined {
  return Object.values(ENGINE_BUILDS).find((build) => build.packageName === packageName);
}
