import { getConnInfo } from '@hono/node-server/conninfo';

import type { PeerAddress } from '../edge/edge.js';

/** The other end of the socket; null for a request that came by no socket, as tests make them. */
export const nodePeerAddress: PeerAddress = (c) => {
  const env = c.env as { readonly incoming?: unknown } | undefined;
  return env?.incoming === undefined ? null : (getConnInfo(c).remote.address ?? null);
};
