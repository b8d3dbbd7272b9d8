import type { MiddlewareHandler } from 'hono';
import { cors } from 'hono/cors';

const PREFLIGHT_SECONDS = 600;

/**
 * CORS for the API and the licenses: only listed origins, and no credentials, because the server knows no cookies.
 * A bearer token that a page attaches itself is what counts.
 */
export function apiCors(
  allowedOrigins: readonly string[],
  furtherHeaders: readonly string[] = [],
): MiddlewareHandler {
  return cors({
    origin: [...allowedOrigins],
    allowMethods: ['GET', 'HEAD', 'POST', 'PUT', 'DELETE'],
    allowHeaders: ['Authorization', 'Content-Type', 'Idempotency-Key', ...furtherHeaders],
    exposeHeaders: ['Retry-After'],
    maxAge: PREFLIGHT_SECONDS,
  });
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
