import type { Context, MiddlewareHandler } from 'hono';

import { SYSTEM_NAMES, type SystemName } from '../catalog/system-name.js';
import { knownMethod, routePattern } from '../http/route-pattern.js';
import type { ServerEnv } from '../http/server-env.js';
import type { Metrics } from './metrics.js';

/** What {@link measureRequests} has to know of the server that it counts for. */
export interface MeasureRequestsOptions {
  /** The pattern that licenses are asked for by; its last part is the system. @default '/license/:system' */
  readonly licenseRoute?: string | undefined;
  /** Milliseconds of a clock that only goes forward, in fractions. @default the platform's */
  readonly now?: (() => number) | undefined;
}

/** Counts every request, and what it says about licenses and streams. Must be outside of whatever can end a request. */
export function measureRequests(
  metrics: Metrics,
  { licenseRoute = '/license/:system', now = () => performance.now() }: MeasureRequestsOptions = {},
): MiddlewareHandler<ServerEnv> {
  return async function measure(c, next) {
    const startedAt = now();
    await next();

    const [route, code] = [routePattern(c), c.get('problemCode')];
    const seconds = (now() - startedAt) / 1000;
    metrics.request({ method: knownMethod(c), route, status: c.res.status, code, seconds });
    if (code === 'stream-limit-reached') metrics.lease('refused');
    if (code === 'session-superseded') metrics.lease('superseded');
    const system = route === licenseRoute ? systemOf(c) : undefined;
    if (system !== undefined) metrics.license(system, code ?? 'granted');
  };
}

/** The last name of the path, as long as it is one that is known: anybody can ask for any other. */
function systemOf({ req }: Context<ServerEnv>): SystemName | undefined {
  return SYSTEM_NAMES.find((name) => req.path.endsWith(`/${name}`));
}
