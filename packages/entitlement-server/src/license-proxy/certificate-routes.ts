import { Hono } from 'hono';

import { ProblemError } from '../http/problem-error.js';
import type { ServerEnv } from '../http/server-env.js';
import type { LicenseProxy } from './license-proxy.js';

const MAX_AGE_SECONDS = 3600;

/**
 * `GET /certificate/:system`: the server certificate, public. It may last no longer than the license server, so the
 * addresses in source documents differ from one run to the next.
 */
export function certificateRoutes(proxy: LicenseProxy): Hono<ServerEnv> {
  const routes = new Hono<ServerEnv>();

  routes.get('/certificate/:system', async (c) => {
    const { system, upstream } = proxy.upstreamOf(c.req.param('system'));
    const certificate = await upstream.certificate?.(system);
    if (!certificate) throw new ProblemError('key-system-unsupported');
    return c.body(certificate, 200, {
      'Content-Type': 'application/octet-stream',
      'Cache-Control': `public, max-age=${MAX_AGE_SECONDS}`,
    });
  });

  return routes;
}
