import { Hono } from 'hono';

import { ProblemError } from '../http/problem-error.js';
import type { ServerEnv } from '../http/server-env.js';
import type { LicenseSystem } from './license-system.js';

/** `POST /license/:system`, for the systems given. */
export function licenseRoutes(systems: readonly LicenseSystem[]): Hono<ServerEnv> {
  const byName = new Map(systems.map((system) => [system.name, system]));
  const routes = new Hono<ServerEnv>();

  routes.post('/license/:system', async (c) => {
    const system = byName.get(c.req.param('system'));
    if (system === undefined) throw new ProblemError('key-system-unsupported');

    return system.issue(c.req.raw);
  });

  return routes;
}
