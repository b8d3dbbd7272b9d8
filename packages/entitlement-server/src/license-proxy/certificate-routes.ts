import { Hono } from 'hono';

import type { SystemName } from '../catalog/system-name.js';
import { ProblemError } from '../http/problem-error.js';
import type { ServerEnv } from '../http/server-env.js';
import type { LicenseProxy } from './license-proxy.js';

const MAX_AGE_SECONDS = 3600;

/** Whether the license server of a system is in another process. */
export type IsElsewhere = (system: SystemName) => boolean;

/**
 * `GET /certificate/:system`: the server certificate, public. It may last no longer than the license server. Of one in this
 * process caches may keep it, as the addresses in source documents differ from one run to the next; when one elsewhere starts
 * anew nobody hears of it, so that nothing is kept of those.
 */
export function certificateRoutes(proxy: LicenseProxy, isElsewhere: IsElsewhere): Hono<ServerEnv> {
  const routes = new Hono<ServerEnv>();

  routes.get('/certificate/:system', async (c) => {
    const { system, upstream } = proxy.upstreamOf(c.req.param('system'));
    const certificate = await upstream.certificate?.(system);
    if (!certificate) throw new ProblemError('key-system-unsupported');
    return c.body(certificate, 200, {
      'Content-Type': 'application/octet-stream',
      'Cache-Control': isElsewhere(system) ? 'no-cache' : `public, max-age=${MAX_AGE_SECONDS}`,
    });
  });

  return routes;
}
