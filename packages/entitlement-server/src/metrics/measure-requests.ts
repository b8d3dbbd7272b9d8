import type { Context, MiddlewareHandler } from 'hono';

import { SYSTEM_NAMES, type SystemName } from '../catalog/system-name.js';
import { knownMethod, routePattern } from '../http/route-pattern.js';
import type { ServerEnv } from '../http/server-env.js';
import type { Metrics } from './metrics.js';

const LICENSE_ROUTE = '/license/:system';

/**
 * Counts every request, and what it says about licenses and streams. Must be outside of whatever can end a request.
 *
 * @param now Milliseconds of a clock that only goes forward, in fractions.
 */
export function measureRequests(
  metrics: Metrics,
  now: () => number = () => performance.now(),
): MiddlewareHandler<ServerEnv> {
  return async function measure(c, next) {
    const startedAt = now();
    await next();

    const [route, code] = [routePattern(c), c.get('problemCode')];
    const seconds = (now() - startedAt) / 1000;
    metrics.request({ method: knownMethod(c), route, status: c.res.status, code, seconds });
    if (code === 'stream-limit-reached') metrics.lease('refused');
    if (code === 'session-superseded') metrics.lease('superseded');
    const system = route === LICENSE_ROUTE ? systemOf(c) : undefined;
    if (system !== undefined) metrics.license(system, code ?? 'granted');
  };
}

/** The last name of the path, as long as it is one that is known: anybody can ask for any other. */
function systemOf({ req }: Context<ServerEnv>): SystemName | undefined {
  return SYSTEM_NAMES.find((name) => req.path.endsWith(`/${name}`));
}
