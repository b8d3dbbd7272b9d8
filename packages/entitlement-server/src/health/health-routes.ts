import { Hono } from 'hono';

import type { AddressList } from '../edge/address-list.js';
import { parseAddress } from '../edge/internet-address.js';
import { ProblemError } from '../http/problem-error.js';
import type { ServerEnv } from '../http/server-env.js';
import type { ExposedMetrics } from '../metrics/metrics.js';
import type { Readiness } from './readiness.js';

/** What the routes for whoever watches over the server work with. */
export interface HealthRoutesOptions {
  readonly readiness: Pick<Readiness, 'notReady'>;
  /** Null where nothing is counted. */
  readonly metrics: ExposedMetrics | null;
  /** Who may read the metrics. */
  readonly metricsReaders: AddressList;
}

/** Whether a path is one of {@link healthRoutes}. */
export function isHealthPath(pathname: string): boolean {
  return pathname === '/healthz' || pathname === '/readyz' || pathname === '/metrics';
}

/** `GET /healthz` (lives), `/readyz` (503 with the names of what is not ready) and `/metrics` (for listed addresses). */
export function healthRoutes({ readiness, metrics, metricsReaders }: HealthRoutesOptions): Hono<ServerEnv> {
  const routes = new Hono<ServerEnv>();

  routes.get('/healthz', (c) => c.json({ status: 'ok' }));

  routes.get('/readyz', async (c) => {
    const notReady = await readiness.notReady();
    if (notReady.length === 0) return c.json({ status: 'ready' });

    throw new ProblemError('service-unavailable', {
      detail: `Not ready: ${notReady.join(', ')}.`,
      headers: { 'Retry-After': '5' },
    });
  });

  routes.get('/metrics', async (c) => {
    // To everybody else it is as if there were none.
    if (metrics === null || !mayRead(c.get('clientAddress'), c.req.raw.headers, metricsReaders)) {
      throw new ProblemError('not-found');
    }
    return c.body(await metrics.render(), 200, { 'Content-Type': metrics.contentType });
  });

  return routes;
}

const FORWARDING_HEADERS = ['forwarded', 'x-forwarded-for', 'via'];

/**
 * The usual reader is this machine itself, and so is a proxy on it that `trustedProxies` does not name: what such a proxy
 * passes on looks like a request of this machine, but for the headers it adds.
 */
function mayRead(clientAddress: string | null | undefined, headers: Headers, readers: AddressList): boolean {
  const address = clientAddress == null ? null : parseAddress(clientAddress);
  return address !== null && readers.has(address) && !FORWARDING_HEADERS.some((name) => headers.has(name));
}
