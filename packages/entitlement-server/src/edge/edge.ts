import type { Context, MiddlewareHandler } from 'hono';

import type { ServerEnv } from '../http/server-env.js';
import type { ResolvedEdgeOptions } from './edge-options.js';
import { createClientLocator } from './locate-client.js';

/** Says which address a request's connection comes from; null where that is not known, as in a page. */
export type PeerAddress = (c: Context<ServerEnv>) => string | null;

/** Sets `clientAddress` and `region` for everything that comes after. */
export function edge(peerAddress: PeerAddress, options: ResolvedEdgeOptions): MiddlewareHandler<ServerEnv> {
  const locateClient = createClientLocator(options);
  return async function locate(c, next) {
    const { address, region } = locateClient(peerAddress(c), c.req.raw.headers);
    c.set('clientAddress', address);
    c.set('region', region);
    await next();
  };
}
