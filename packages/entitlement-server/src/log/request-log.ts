import type { ProblemCode } from '@secure-player/protocol';
import type { MiddlewareHandler } from 'hono';

import { knownMethod, routePattern } from '../http/route-pattern.js';
import type { ServerEnv } from '../http/server-env.js';
import type { Clock } from '../storage/owned-expiring-map.js';
import type { Log } from './log-entry.js';

/** Never a viewer's fault: the proxy and the license server have different keys or clocks, or somebody replays a token. */
const OPERATORS: ProblemCode = 'license-token-rejected';

/** Logs every request by its route pattern. Must be the outermost middleware, so that it sees the final status. */
export function requestLog(log: Log, clock: Clock): MiddlewareHandler<ServerEnv> {
  return async function logRequest(c, next) {
    const startedAt = clock();
    await next();

    const time = clock();
    const { status } = c.res;
    const code = c.get('problemCode');
    log({
      event: 'request',
      level: status >= 500 || code === OPERATORS ? 'error' : 'info',
      time,
      method: knownMethod(c),
      route: routePattern(c),
      status,
      durationMs: time - startedAt,
      code,
    });
  };
}
