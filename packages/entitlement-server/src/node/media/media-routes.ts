import { join } from 'node:path';

import { Hono } from 'hono';

import type { Title } from '../../catalog/title.js';
import { ProblemError } from '../../http/problem-error.js';
import type { ServerEnv } from '../../http/server-env.js';
import { parseByteRange } from '../../media/byte-range.js';
import { openMediaFile, streamMediaFile, type MediaFile } from './media-file.js';
import { parseMediaUrlPath } from '../../media/media-path.js';
import { mediaTypeOf, type MediaType } from '../../media/media-types.js';
import { isNotModified, isRangeCurrent } from '../../media/preconditions.js';

/** What the origin serves. */
export interface MediaRoutesOptions {
  readonly mediaRoot: string;
  readonly titles: readonly Title[];
}

const PREFIX = '/media/';

/** `GET` and `HEAD /media/*`: the files of the configured titles, and nothing beside them. */
export function mediaRoutes({ mediaRoot, titles }: MediaRoutesOptions): Hono<ServerEnv> {
  const directories = titles.map(({ directory }) => directory.split('/'));
  const routes = new Hono<ServerEnv>();

  routes.get('/media/*', async (c) => {
    // The URL's own path and not Hono's, which is half decoded: a name must be decoded once, after it was split.
    const segments = parseMediaUrlPath(new URL(c.req.url).pathname.slice(PREFIX.length));
    const type = segments && mediaTypeOf(segments.at(-1) ?? '');
    const directory = segments && directories.find((candidate) => isBelow(segments, candidate));
    if (!segments || !type || !directory) throw new ProblemError('not-found');

    const file = await openMediaFile(join(mediaRoot, ...directory), segments.slice(directory.length));
    if (file === null) throw new ProblemError('not-found');
    return respond(c.req.raw, file, type);
  });

  return routes;
}

function isBelow(segments: readonly string[], directory: readonly string[]): boolean {
  return segments.length > directory.length && directory.every((name, index) => segments[index] === name);
}

async function respond(request: Request, file: MediaFile, type: MediaType): Promise<Response> {
  const headers = new Headers({
    'Accept-Ranges': 'bytes',
    'Cache-Control': type.cacheControl,
    // Pages with Cross-Origin-Embedder-Policy may play it too.
    'Cross-Origin-Resource-Policy': 'cross-origin',
    ETag: file.etag,
    'Last-Modified': file.lastModified,
  });
  if (isNotModified(request.headers, file)) return respondWithoutBody(file, 304, headers);

  headers.set('Content-Type', type.contentType);
  // RFC 9110 section 14.2: Range has a meaning for GET only.
  const isRanged = request.method === 'GET' && isRangeCurrent(request.headers, file);
  const range = parseByteRange(isRanged ? request.headers.get('range') : null, file.size);
  if (range.kind === 'unsatisfiable') {
    await file.handle.close();
    throw new ProblemError('range-not-satisfiable', { headers: { 'Content-Range': `bytes */${file.size}` } });
  }

  const { first, last } = range.kind === 'part' ? range : { first: 0, last: file.size - 1 };
  headers.set('Content-Length', String(last - first + 1));
  if (range.kind === 'part') headers.set('Content-Range', `bytes ${first}-${last}/${file.size}`);
  if (request.method === 'HEAD' || file.size === 0) return respondWithoutBody(file, 200, headers);

  const body = streamMediaFile(file, first, last);
  return new Response(body, { status: range.kind === 'part' ? 206 : 200, headers });
}

async function respondWithoutBody(
  { handle }: MediaFile,
  status: number,
  headers: Headers,
): Promise<Response> {
  await handle.close();
  return new Response(null, { status, headers });
}
