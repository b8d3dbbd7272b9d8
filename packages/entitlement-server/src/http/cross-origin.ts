import type { MiddlewareHandler } from 'hono';
import { cors } from 'hono/cors';

const PREFLIGHT_SECONDS = 600;
const EXPOSED_HEADERS = ['Retry-After'];

/**
 * CORS for the API and the licenses: only listed origins, and no credentials, because the server knows no cookies.
 * A bearer token that a page attaches itself is what counts.
 */
export function apiCors(
  allowedOrigins: readonly string[],
  furtherHeaders: readonly string[] = [],
): MiddlewareHandler {
  const origins = new Set(allowedOrigins);
  const answerPreflight = cors({
    origin: [...origins],
    allowMethods: ['GET', 'HEAD', 'POST', 'PUT', 'DELETE'],
    allowHeaders: ['Authorization', 'Content-Type', 'Idempotency-Key', ...furtherHeaders],
    exposeHeaders: EXPOSED_HEADERS,
    maxAge: PREFLIGHT_SECONDS,
  });

  return async function allowOrigin(c, next) {
    if (c.req.method === 'OPTIONS') return answerPreflight(c, next);

    // Hono's own sets headers on an answer that is not there yet, and copies the one that comes, twice.
    await next();
    const { headers } = c.res;
    const origin = c.req.header('Origin');
    if (origin !== undefined && origins.has(origin)) headers.set('Access-Control-Allow-Origin', origin);
    headers.set('Access-Control-Expose-Headers', EXPOSED_HEADERS.join(','));
    headers.append('Vary', 'Origin');
  };
}

/** CORS for the media origin. Media is public and encrypted, so any page may read it; players need the exposed headers. */
export function mediaCors(): MiddlewareHandler {
  return cors({
    origin: '*',
    allowMethods: ['GET', 'HEAD'],
    allowHeaders: ['Range', 'If-Range', 'If-None-Match', 'If-Modified-Since'],
    exposeHeaders: ['Accept-Ranges', 'Content-Length', 'Content-Range', 'ETag'],
    maxAge: PREFLIGHT_SECONDS,
  });
}
