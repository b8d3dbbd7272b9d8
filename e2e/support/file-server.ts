import { once } from 'node:events';
import { readFile } from 'node:fs/promises';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { extname, join, normalize } from 'node:path';

/** A server that knows files and nothing else. */
export interface FileServer {
  /** Of the folder, with a slash at the end. */
  readonly url: string;
  /** The paths that were asked for and are no files, query strings left out. */
  readonly missing: readonly string[];
  close(): Promise<void>;
}

/** A page's own files need their types; what a player fetches does not. */
const TYPES: Readonly<Record<string, string>> = {
  '.html': 'text/html; charset=utf-8',
  '.js': 'text/javascript',
  '.css': 'text/css',
  '.svg': 'image/svg+xml',
  '.json': 'application/json',
};

/** Serves a folder below a path, on a free port, as the plainest of web servers would: no ranges, no index, no fallback. */
export async function serveFiles(folder: string, below: string): Promise<FileServer> {
  const missing: string[] = [];
  const server = createServer((request, response) => {
    const { pathname } = new URL(request.url ?? '/', 'http://files.invalid');
    const path = pathname.startsWith(below)
      ? normalize(decodeURIComponent(pathname.slice(below.length)))
      : '..';
    const reading = path.startsWith('..')
      ? Promise.reject(new Error('outside'))
      : readFile(join(folder, path));
    reading.then(
      (content) => {
        response.setHeader('content-type', TYPES[extname(path)] ?? 'application/octet-stream');
        response.end(content);
      },
      () => {
        missing.push(pathname);
        response.writeHead(404).end();
      },
    );
  });
  server.listen(0, '127.0.0.1');
  await once(server, 'listening');

  return {
    url: `http://127.0.0.1:${(server.address() as AddressInfo).port}${below}`,
    missing,
    async close() {
      server.close();
      server.closeAllConnections();
      await once(server, 'close');
    },
  };
}
