import type { Context } from 'hono';
import { matchedRoutes } from 'hono/route';

import type { ServerEnv } from './server-env.js';

const METHODS = new Set(['GET', 'HEAD', 'POST', 'PUT', 'DELETE', 'OPTIONS', 'PATCH']);

/** The pattern of the handler that ran last. When that was middleware (method ALL), no route wanted the request. */
export function routePattern(c: Context<ServerEnv>): string {
  const route = matchedRoutes(c)[c.req.routeIndex];
  return route === undefined || route.method === 'ALL' ? 'unmatched' : route.path;
}

/** The method, or `other`: it is text of the client's making until it is a known one. */
export function knownMethod(c: Context<ServerEnv>): string {
  return METHODS.has(c.req.raw.method) ? c.req.raw.method : 'other';
}
