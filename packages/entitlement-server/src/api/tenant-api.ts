import { createProblem } from '@secure-player/protocol';
import { Hono } from 'hono';
import { methodNotAllowed } from 'hono/method-not-allowed';

import { ConfiguredAccountDirectory } from '../accounts/account-directory.js';
import { accountRoutes } from '../accounts/account-routes.js';
import { BearerSessions } from '../accounts/bearer-sessions.js';
import { catalogRoutes } from '../catalog/catalog-routes.js';
import { createKeySystemOffer } from '../catalog/key-system-offer.js';
import type { SystemName } from '../catalog/system-name.js';
import { TitleIndex } from '../catalog/title-index.js';
import { deviceRoutes } from '../devices/device-routes.js';
import { edge } from '../edge/edge.js';
import { entitlementRoutes } from '../entitlements/entitlement-routes.js';
import { apiCors, mediaCors } from '../http/cross-origin.js';
import { errorResponse, problemResponse } from '../http/problem-response.js';
import { requestBounds } from '../http/request-bounds.js';
import { noStoreByDefault, securityHeaders } from '../http/security-headers.js';
import type { ServerEnv } from '../http/server-env.js';
import { certificateRoutes } from '../license-proxy/certificate-routes.js';
import { LicenseProxy } from '../license-proxy/license-proxy.js';
import { licenseRoutes } from '../license-proxy/license-routes.js';
import type { LicenseUpstream } from '../license-proxy/license-upstream.js';
import { toFaultEntry } from '../log/fault-entry.js';
import { requestLog } from '../log/request-log.js';
import { openApiRoutes } from '../openapi/openapi-routes.js';
import { offlineLicenseRoutes } from '../offline-licenses/offline-license-routes.js';
import { OfflineLicenses } from '../offline-licenses/offline-licenses.js';
import { measureRequests } from '../metrics/measure-requests.js';
import { playbackSessionRoutes } from '../playback-sessions/playback-session-routes.js';
import { PlaybackSessions } from '../playback-sessions/playback-sessions.js';
import type { SessionIds } from '../playback-sessions/session-ids.js';
import { streamRoutes } from '../playback-sessions/stream-routes.js';
import { AccountLimits } from '../rate-limits/account-limits.js';
import { limitAddresses } from '../rate-limits/limit-addresses.js';
import type { RateLimits } from '../rate-limits/rate-limits.js';
import { rentalRoutes } from '../rentals/rental-routes.js';
import type { ResolvedApiOptions } from './entitlement-api-options.js';
import type { ResolvedTenant } from './resolve-tenants.js';

/** What all tenants share. */
export interface SharedServices {
  readonly options: ResolvedApiOptions;
  readonly upstreams: ReadonlyMap<SystemName, LicenseUpstream>;
  readonly sessionIds: SessionIds;
  readonly rateLimits: RateLimits;
}

/** Answers the requests of one tenant. Everything it can reach is the tenant's own. */
export function createTenantApi(tenant: ResolvedTenant, services: SharedServices): Hono<ServerEnv> {
  const app = new Hono<ServerEnv>();
  const { log, clock } = services.options;

  addMiddleware(app, tenant, services);
  addRoutes(app, tenant, services);
  app.notFound((c) => problemResponse(c, createProblem('not-found')));
  app.onError((error, c) => errorResponse(error, c, (fault) => log(toFaultEntry(fault, clock()))));
  return app;
}

function addMiddleware(
  app: Hono<ServerEnv>,
  { allowedOrigins }: ResolvedTenant,
  { options, rateLimits }: SharedServices,
): void {
  const { log, clock, metrics, peerAddress } = options;
  app.use(requestLog(log, clock));
  if (metrics !== null) app.use(measureRequests(metrics));
  app.use(edge(peerAddress, options.edge));
  app.use(securityHeaders());
  app.use(noStoreByDefault());
  app.use('/v1/*', apiCors(allowedOrigins));
  // Players send it with PlayReady's messages, which tell them to.
  app.use('/license/*', apiCors(allowedOrigins, ['SOAPAction']));
  app.use('/certificate/*', apiCors(allowedOrigins));
  app.use('/media/*', mediaCors());
  // After CORS: a page may read why it was turned away, and for how long.
  app.use(requestBounds());
  app.use(limitAddresses(rateLimits));
  app.use(
    methodNotAllowed({
      app,
      onMethodNotAllowed: (c, methods) =>
        problemResponse(c, createProblem('method-not-allowed'), { Allow: methods.join(', ') }),
    }),
  );
}

function addRoutes(app: Hono<ServerEnv>, tenant: ResolvedTenant, services: SharedServices): void {
  const { options, upstreams, sessionIds, rateLimits } = services;
  const { clock, random, log, heartbeatSeconds, deviceTtlSeconds, passwords } = options;
  const store = options.store.tenant(tenant.id);
  const { rentals, devices, audit } = store;
  const titles = new TitleIndex(tenant.titles, tenant.mediaUrl);
  const accounts = new ConfiguredAccountDirectory(tenant.accounts);
  const ttlSeconds = options.sessionTtlSeconds;
  const bearers = new BearerSessions({ store: store.bearers, clock, random, ttlSeconds });
  const sessions = new PlaybackSessions({
    store: store.sessions,
    accounts,
    bearers,
    clock,
    ttlSeconds: options.playbackSessionTtlSeconds,
    prefetchTtlSeconds: options.prefetchTtlSeconds,
    heartbeatSeconds,
    leaseGraceSeconds: options.leaseGraceSeconds,
    anonymousPerNetwork: anonymousPerNetwork(options),
  });
  const keySystems = createKeySystemOffer({
    systems: [...upstreams.keys()],
    certified: [...upstreams.keys()].filter((system) => hasCertificate(system, upstreams)),
    certificateVersion: clock().toString(36),
  });
  const rights = { plans: tenant.plans, rentals, clock };
  const accountLimits = new AccountLimits(rateLimits, tenant.id);
  const offlineLicenses = new OfflineLicenses({ store: store.offlineLicenses, accounts, ...rights });
  const authority = {
    ...{ accounts, accountLimits, bearers, sessions, offlineLicenses, titles, audit },
    ...rights,
  };
  const counted = { keySystems, sessionIds, devices, deviceTtlSeconds };

  app.route('/v1', accountRoutes({ ...authority, passwords, devices }));
  app.route('/v1', catalogRoutes(titles));
  app.route('/v1', entitlementRoutes({ ...authority, keySystems }));
  app.route('/v1', playbackSessionRoutes({ ...authority, ...counted, heartbeatSeconds }));
  app.route('/v1', offlineLicenseRoutes({ ...authority, ...counted }));
  app.route('/v1', streamRoutes(authority));
  app.route('/v1', rentalRoutes(authority));
  app.route('/v1', deviceRoutes({ ...authority, devices }));
  app.route('/v1', openApiRoutes(app));

  const boundToLease = options.bindLicensesToLeases;
  const proxy = new LicenseProxy({ ...authority, tenant: tenant.id, boundToLease, upstreams, log });
  app.route('/', licenseRoutes(proxy));
  app.route(
    '/',
    certificateRoutes(proxy, (system) => options.upstreams[system] !== undefined),
  );
}

const NETWORK_SHARE = 1 / 20;
const LEAST_PER_NETWORK = 100;

/** Not counted where addresses are not: then they may all be that of a proxy in front. */
function anonymousPerNetwork({ rateLimits, anonymousSessionLimit }: ResolvedApiOptions): number {
  if (rateLimits.sessions.address === null) return Infinity;
  return Math.max(LEAST_PER_NETWORK, Math.floor(anonymousSessionLimit * NETWORK_SHARE));
}

/** PlayReady's devices take no server certificate. */
function hasCertificate(system: SystemName, upstreams: ReadonlyMap<SystemName, LicenseUpstream>): boolean {
  return system !== 'playready' && upstreams.get(system)?.certificate !== undefined;
}
