import { Hono } from 'hono';

import { ProblemError } from '../http/problem-error.js';
import type { ServerEnv } from '../http/server-env.js';
import type { ServiceIdentity } from './service-identity.js';

/** The systems whose devices take a server certificate. PlayReady's do not. */
const SYSTEMS = ['widevine', 'fairplay'];

const MAX_AGE_SECONDS = 3600;

/**
 * `GET /certificate/:system`: the server certificate, public. It lasts no longer than the server, so the addresses in
 * source documents differ from one run to the next. Without an identity there is none for any system.
 */
export function certificateRoutes(service: ServiceIdentity | null): Hono<ServerEnv> {
  const routes = new Hono<ServerEnv>();

  routes.get('/certificate/:system', async (c) => {
    if (service === null || !SYSTEMS.includes(c.req.param('system'))) {
      throw new ProblemError('key-system-unsupported');
    }
    const { identity } = await service.get();
    return c.body(identity.certificate, 200, {
      'Content-Type': 'application/octet-stream',
      'Cache-Control': `public, max-age=${MAX_AGE_SECONDS}`,
    });
  });

  return routes;
}
