import type { Context, MiddlewareHandler } from 'hono';
import { matchedRoutes } from 'hono/route';

import type { ServerEnv } from '../http/server-env.js';
import type { Clock } from '../storage/owned-expiring-map.js';
import type { Log } from './log-entry.js';

const METHODS = new Set(['GET', 'HEAD', 'POST', 'PUT', 'DELETE', 'OPTIONS', 'PATCH']);

/** Logs every request by its route pattern. Must be the outermost middleware, so that it sees the final status. */
export function requestLog(log: Log, clock: Clock): MiddlewareHandler<ServerEnv> {
  return async function logRequest(c, next) {
    const startedAt = clock();
    await next();

    const time = clock();
    const { status } = c.res;
    log({
      event: 'request',
      level: status >= 500 ? 'error' : 'info',
      time,
      // A method is text of the client's making until it is a known one.
      method: METHODS.has(c.req.raw.method) ? c.req.raw.method : 'other',
      route: routePattern(c),
      status,
      durationMs: time - startedAt,
      code: c.get('problemCode'),
    });
  };
}

/** The pattern of the handler that ran last. When that was middleware (method ALL), no route wanted the request. */
function routePattern(c: Context<ServerEnv>): string {
  const route = matchedRoutes(c)[c.req.routeIndex];
  return route === undefined || route.method === 'ALL' ? 'unmatched' : route.path;
}
