import { createProblem } from '@secure-player/protocol';
import { Hono } from 'hono';

import { SYSTEM_NAMES, type SystemName } from '../catalog/system-name.js';
import { resolveEdgeOptions } from '../edge/edge-options.js';
import { edge, type PeerAddress } from '../edge/edge.js';
import { healthRoutes } from '../health/health-routes.js';
import { resolveMetricsReaders } from '../health/metrics-readers.js';
import { requestMediaType } from '../http/media-type.js';
import { ProblemError } from '../http/problem-error.js';
import { errorResponse, problemResponse } from '../http/problem-response.js';
import { readBody } from '../http/read-body.js';
import { noStoreByDefault, securityHeaders } from '../http/security-headers.js';
import type { ServerEnv } from '../http/server-env.js';
import { toFaultEntry } from '../log/fault-entry.js';
import type { Log } from '../log/log-entry.js';
import { requestLog } from '../log/request-log.js';
import { measureRequests } from '../metrics/measure-requests.js';
import type { ExposedMetrics } from '../metrics/metrics.js';
import type { Clock } from '../storage/owned-expiring-map.js';
import type { LicenseServer } from './license-server.js';

/** What {@link createLicenseServerApp} serves. */
export interface LicenseServerAppOptions {
  readonly server: LicenseServer;
  /**
   * The names of what cannot be used now, such as `store`; `/readyz` says no with them.
   * @default nothing ever
   */
  readonly notReady?: (() => Promise<readonly string[]>) | undefined;
  /** Counts requests and licenses, for `/metrics`. @default nothing is counted */
  readonly metrics?: ExposedMetrics | null | undefined;
  /** The addresses and networks that may read `/metrics`, and not through a proxy. @default this machine */
  readonly metricsReaders?: readonly string[] | undefined;
  /**
   * Says which address a request's connection comes from; in Node that is `nodePeerAddress`.
   * @default nobody knows, and nobody may read `/metrics`
   */
  readonly peerAddress?: PeerAddress | undefined;
  /** @default nobody */
  readonly log?: Log | undefined;
  /** @default Date.now */
  readonly clock?: Clock | undefined;
}

const BODY_LIMIT = 64 * 1024;
const LICENSE_ROUTE = '/:system';

/**
 * A license server of its own process, for the proxy to call: `POST /:system` with the token as bearer,
 * `POST /inspect/:system` and `GET /certificate/:system`; `GET /healthz`, `/readyz` and `/metrics` for whoever watches over it.
 * Players do not reach it, and it allows no page of any origin. Throws an `EntitlementServerError` for options that cannot work.
 */
export function createLicenseServerApp(options: LicenseServerAppOptions): Hono<ServerEnv> {
  const { server, metrics = null, log = () => {}, clock = Date.now } = options;
  const app = new Hono<ServerEnv>();
  app.use(requestLog(log, clock));
  if (metrics !== null) app.use(measureRequests(metrics, { licenseRoute: LICENSE_ROUTE }));
  app.use(securityHeaders());
  app.use(noStoreByDefault());

  addHealth(app, options);
  addLicenses(app, server);
  app.notFound((c) => problemResponse(c, createProblem('not-found')));
  app.onError((error, c) => errorResponse(error, c, (fault) => log(toFaultEntry(fault, clock()))));

  if (server.trustsTestRoot) log({ event: 'test-root', level: 'info', time: clock() });
  return app;
}

function addHealth(app: Hono<ServerEnv>, options: LicenseServerAppOptions): void {
  const { notReady = async () => [], metrics = null, peerAddress = () => null } = options;
  // Proxies call it themselves, so nothing stands between; and of nothing else does it matter who asks.
  app.use('/metrics', edge(peerAddress, resolveEdgeOptions({})));
  const metricsReaders = resolveMetricsReaders(options.metricsReaders);
  app.route('/', healthRoutes({ readiness: { notReady }, metrics, metricsReaders }));
}

function addLicenses(app: Hono<ServerEnv>, server: LicenseServer): void {
  app.get('/certificate/:system', async (c) => {
    const certificate = await server.certificate(requireSystem(c.req.param('system')));
    if (certificate === null) throw new ProblemError('key-system-unsupported');
    return c.body(certificate, 200, { 'Content-Type': 'application/octet-stream' });
  });
  app.post('/inspect/:system', async (c) => {
    const system = requireSystem(c.req.param('system'));
    return c.json(await server.inspect(system, await readDeviceMessage(c.req.raw)));
  });
  app.post(LICENSE_ROUTE, async (c) => {
    const system = requireSystem(c.req.param('system'));
    const token = /^Bearer +(.*)$/i.exec(c.req.header('Authorization') ?? '')?.[1];
    if (token === undefined) throw new ProblemError('license-token-rejected');

    const { body, contentType } = await server.answer(system, await readDeviceMessage(c.req.raw), token);
    return c.body(body, 200, { 'Content-Type': contentType ?? 'application/octet-stream' });
  });
}

async function readDeviceMessage(request: Request) {
  return { body: await readBody(request, BODY_LIMIT), mediaType: requestMediaType(request) };
}

function requireSystem(name: string): SystemName {
  const system = SYSTEM_NAMES.find((known) => known === name);
  if (system === undefined) throw new ProblemError('key-system-unsupported');
  return system;
}
