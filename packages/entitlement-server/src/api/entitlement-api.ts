import { createProblem, type SealedSystem } from '@secure-player/protocol';
import { Hono } from 'hono';
import { methodNotAllowed } from 'hono/method-not-allowed';

import { ConfiguredAccountDirectory } from '../accounts/account-directory.js';
import { accountRoutes } from '../accounts/account-routes.js';
import { BearerSessions, InMemoryBearerSessionStore } from '../accounts/bearer-sessions.js';
import { catalogRoutes } from '../catalog/catalog-routes.js';
import { createKeySystemOffer } from '../catalog/key-system-offer.js';
import { TitleIndex } from '../catalog/title-index.js';
import {
  resolveApiOptions,
  type EntitlementApiOptions,
  type ResolvedApiOptions,
} from './entitlement-api-options.js';
import { entitlementRoutes } from '../entitlements/entitlement-routes.js';
import { apiCors, mediaCors } from '../http/cross-origin.js';
import { errorResponse, problemResponse } from '../http/problem-response.js';
import { noStoreByDefault, securityHeaders } from '../http/security-headers.js';
import type { ServerEnv } from '../http/server-env.js';
import { certificateRoutes } from '../licenses/certificate-routes.js';
import { createClearKeyLicenses } from '../licenses/clear-key-licenses.js';
import { licenseRoutes } from '../licenses/license-routes.js';
import type { LicenseSystem } from '../licenses/license-system.js';
import { createSealedLicenses, type SealedLicensesOptions } from '../licenses/sealed-licenses.js';
import { ServiceIdentity } from '../licenses/service-identity.js';
import { toFaultEntry } from '../log/fault-entry.js';
import { requestLog } from '../log/request-log.js';
import { InMemoryIdempotencyStore } from '../playback-sessions/idempotency.js';
import { InMemoryPlaybackSessionStore } from '../playback-sessions/playback-session-store.js';
import { playbackSessionRoutes, type OpenedSession } from '../playback-sessions/playback-session-routes.js';
import { PlaybackSessions } from '../playback-sessions/playback-sessions.js';
import { streamRoutes } from '../playback-sessions/stream-routes.js';

/** Answers requests as soon as it exists, wherever Web Requests are: in Node, a worker, a page. */
export interface EntitlementApi {
  /** Its `fetch` takes a Web Request and gives a Web Response. */
  readonly app: Hono<ServerEnv>;
  /** Whether a URL path is one of the API's, for a program that serves a site from the same address. */
  readonly handles: (pathname: string) => boolean;
}

const PREFIXES = ['/v1/', '/license/', '/certificate/'];
const HEALTH = '/healthz';
const SEALED_SYSTEMS: readonly SealedSystem[] = ['widevine', 'playready', 'fairplay'];

/**
 * Puts the API together: accounts, catalog, rights, playback sessions and licenses, without the media. All state is in
 * memory and gone with it. Throws an `EntitlementServerError` for options that cannot work.
 */
export function createEntitlementApi(options: EntitlementApiOptions): EntitlementApi {
  const resolved = resolveApiOptions(options);
  const app = new Hono<ServerEnv>();

  const { log, clock, virtualKeySystems, deviceAuthority } = resolved;
  if (virtualKeySystems && !deviceAuthority) log({ event: 'test-root', level: 'info', time: clock() });
  addMiddleware(app, resolved);
  addRoutes(app, resolved);
  app.notFound((c) => problemResponse(c, createProblem('not-found')));
  app.onError((error, c) =>
    errorResponse(error, c, (fault) => resolved.log(toFaultEntry(fault, resolved.clock()))),
  );

  return {
    app,
    handles: (pathname) => pathname === HEALTH || PREFIXES.some((prefix) => pathname.startsWith(prefix)),
  };
}

function addMiddleware(app: Hono<ServerEnv>, { log, clock, allowedOrigins }: ResolvedApiOptions): void {
  app.use(requestLog(log, clock));
  app.use(securityHeaders());
  app.use(noStoreByDefault());
  app.use('/v1/*', apiCors(allowedOrigins));
  // Players send it with PlayReady's messages, which tell them to.
  app.use('/license/*', apiCors(allowedOrigins, ['SOAPAction']));
  app.use('/certificate/*', apiCors(allowedOrigins));
  app.use('/media/*', mediaCors());
  app.use(
    methodNotAllowed({
      app,
      onMethodNotAllowed: (c, methods) =>
        problemResponse(c, createProblem('method-not-allowed'), { Allow: methods.join(', ') }),
    }),
  );
}

function addRoutes(app: Hono<ServerEnv>, options: ResolvedApiOptions): void {
  const { clock, random, keySeed, log, heartbeatSeconds, passwords } = options;
  const titles = new TitleIndex(options.titles, options.mediaUrl);
  const accounts = new ConfiguredAccountDirectory(options.accounts);
  const bearers = new BearerSessions({
    store: new InMemoryBearerSessionStore(clock),
    clock,
    random,
    ttlSeconds: options.sessionTtlSeconds,
  });
  const sessions = new PlaybackSessions({
    store: new InMemoryPlaybackSessionStore({ clock, anonymousLimit: options.anonymousSessionLimit }),
    accounts,
    bearers,
    clock,
    random,
    ttlSeconds: options.playbackSessionTtlSeconds,
  });
  const idempotency = new InMemoryIdempotencyStore<OpenedSession>(clock);
  const authority = { accounts, bearers, sessions, titles, clock };
  const service = options.virtualKeySystems ? new ServiceIdentity(options.deviceAuthority) : null;
  const keySystems = createKeySystemOffer({
    virtualKeySystems: service !== null,
    certificateVersion: clock().toString(36),
  });

  app.route('/v1', accountRoutes({ ...authority, passwords }));
  app.route('/v1', catalogRoutes(titles));
  app.route('/v1', entitlementRoutes({ ...authority, keySystems }));
  app.route('/v1', playbackSessionRoutes({ ...authority, keySystems, idempotency, heartbeatSeconds }));
  app.route('/v1', streamRoutes(authority));
  app.route('/', licenseRoutes(licenseSystems({ ...authority, keySeed, log, random }, service)));
  app.route('/', certificateRoutes(service));
  app.get(HEALTH, (c) => c.json({ status: 'ok' }));
}

function licenseSystems(
  options: Omit<SealedLicensesOptions, 'service'>,
  service: ServiceIdentity | null,
): LicenseSystem[] {
  const clearKey = createClearKeyLicenses(options);
  if (service === null) return [clearKey];
  return [clearKey, ...SEALED_SYSTEMS.map((system) => createSealedLicenses(system, { ...options, service }))];
}
