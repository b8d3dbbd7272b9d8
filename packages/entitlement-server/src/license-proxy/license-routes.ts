import { Hono } from 'hono';

import type { ServerEnv } from '../http/server-env.js';
import type { LicenseProxy } from './license-proxy.js';

/** `POST /license/:system`. */
export function licenseRoutes(proxy: LicenseProxy): Hono<ServerEnv> {
  const routes = new Hono<ServerEnv>();
  routes.post('/license/:system', async (c) =>
    proxy.answer(c.req.param('system'), c.req.raw, c.get('region') ?? null),
  );
  return routes;
}
