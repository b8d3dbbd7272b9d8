import type { MiddlewareHandler } from 'hono';

import { networkOf } from '../edge/internet-address.js';
import { remember } from '../storage/remember.js';
import type { ServerEnv } from '../http/server-env.js';
import { limitedAction } from './limited-action.js';
import type { RateLimits } from './rate-limits.js';

/**
 * Counts requests by the address they come from, and wrong passwords harder. After `edge`, and after CORS, so that a page may
 * read how long to wait. Clients that nobody can tell apart are not counted: in a page there is one.
 */
export function limitAddresses(limits: RateLimits): MiddlewareHandler<ServerEnv> {
  const knownNetworkOf = remember(networkOf);
  return async function limitAddress(c, next) {
    const address = c.get('clientAddress');
    const action = limitedAction(c.req.method, c.req.path);
    if (address == null || action === null) return next();

    const network = knownNetworkOf(address);
    limits.require(action, 'address', network);
    await next();
    if (c.get('problemCode') === 'credentials-rejected') limits.countFailedLogin('address', network);
  };
}
