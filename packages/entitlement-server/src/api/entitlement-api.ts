import type { SealedSystem } from '@secure-player/protocol';
import { Hono } from 'hono';

import type { SystemName } from '../catalog/system-name.js';
import { invalidConfiguration } from '../entitlement-server-error.js';
import { healthRoutes, isHealthPath } from '../health/health-routes.js';
import { Readiness, type ReadinessCheck } from '../health/readiness.js';
import type { ServerEnv } from '../http/server-env.js';
import { InProcessLicenseServer } from '../license-proxy/in-process-license-server.js';
import type { LicenseUpstream } from '../license-proxy/license-upstream.js';
import { LicenseServer } from '../license-server/license-server.js';
import { measureUpstream } from '../metrics/measure-upstream.js';
import type { ExposedMetrics } from '../metrics/metrics.js';
import { RateLimits } from '../rate-limits/rate-limits.js';
import { SessionIds } from '../playback-sessions/session-ids.js';
import {
  resolveApiOptions,
  type EntitlementApiOptions,
  type ResolvedApiOptions,
} from './entitlement-api-options.js';
import type { ResolvedTenant } from './resolve-tenants.js';
import { requireDistinctContent } from './require-distinct-content.js';
import { requireKeySeeds } from './require-key-seeds.js';
import { requireServedSystems } from './require-served-systems.js';
import { createTenantApi } from './tenant-api.js';

/** Answers requests as soon as it exists, wherever Web Requests are: in Node, a worker, a page. */
export interface EntitlementApi {
  /** Its `fetch` takes a Web Request and gives a Web Response. */
  readonly app: Hono<ServerEnv>;
  /** Whether a URL path is one of the API's, for a program that serves a site from the same address. */
  readonly handles: (pathname: string) => boolean;
  /** From now on `/readyz` says that no new requests should be sent here. */
  readonly shutDown: () => void;
  /** Lets go of the store. May be called again. */
  readonly close: () => Promise<void>;
}

/** Adds to what each tenant's API answers. */
export type ExtendTenant = (app: Hono<ServerEnv>, tenant: ResolvedTenant) => void;

const PREFIXES = ['/v1/', '/license/', '/certificate/'];
const SEALED_SYSTEMS: readonly SealedSystem[] = ['widevine', 'playready', 'fairplay'];

/**
 * Puts the API together: accounts, catalog, rights, playback sessions and the license proxy, without the media. Throws an
 * `EntitlementServerError` for options that cannot work.
 */
export function createEntitlementApi(
  options: EntitlementApiOptions,
  extend: ExtendTenant = () => {},
): EntitlementApi {
  const resolved = resolveApiOptions(options);
  const { clock, tokenKeys, random } = resolved;
  const [signing] = tokenKeys;
  if (signing === undefined) throw invalidConfiguration('tokenKeys', 'must have at least one key');
  const upstreams = createUpstreams(resolved);
  const readiness = new Readiness({ checks: readinessChecks(resolved, upstreams), clock });
  const services = {
    options: resolved,
    upstreams,
    rateLimits: new RateLimits(resolved.rateLimits, clock),
    sessionIds: new SessionIds(signing.secret, random),
  };
  const metrics = resolved.metrics && withBreakers(resolved.metrics, upstreams);
  const tenants = resolved.tenants.map((tenant) => {
    const app = createTenantApi(tenant, services);
    app.route('/', healthRoutes({ readiness, metrics, metricsReaders: resolved.metricsReaders }));
    extend(app, tenant);
    return { app, hosts: tenant.hosts };
  });

  return {
    app: dispatchByHost(tenants),
    handles: (pathname) => isHealthPath(pathname) || PREFIXES.some((prefix) => pathname.startsWith(prefix)),
    shutDown: () => readiness.shutDown(),
    close: async () => resolved.store.close(),
  };
}

/** The license server in this process, for all systems that no other was named for. */
function createUpstreams(options: ResolvedApiOptions): ReadonlyMap<SystemName, LicenseUpstream> {
  const { tenants, tokenKeys, store, virtualKeySystems, deviceAuthority, log, clock, random } = options;
  const keySeeds = tenants.flatMap(({ id, keySeed }): [string, Uint8Array][] =>
    keySeed ? [[id, keySeed]] : [],
  );
  const builtIn: readonly SystemName[] = ['clearkey', ...(virtualKeySystems ? SEALED_SYSTEMS : [])];
  requireServedSystems(options.upstreams);
  requireDistinctContent(tenants, options.upstreams);
  requireKeySeeds(options, builtIn);
  const names = keySeeds.length > 0 ? builtIn : [];
  const server = new LicenseServer({
    keySeeds,
    tokenKeys,
    ledger: store.tokens,
    virtualKeySystems: names.some((name) => name !== 'clearkey' && options.upstreams[name] === undefined),
    deviceAuthority,
    clock,
    random,
  });
  if (server.trustsTestRoot) log({ event: 'test-root', level: 'info', time: clock() });

  const measured = (upstream: LicenseUpstream, name: string): LicenseUpstream =>
    options.metrics === null ? upstream : measureUpstream(upstream, name, options.metrics);
  const here = measured(new InProcessLicenseServer(server), 'built-in');

  return new Map<SystemName, LicenseUpstream>([
    ...names.map((name) => [name, here] as const),
    ...(Object.entries(options.upstreams) as [SystemName, LicenseUpstream | undefined][]).flatMap(
      ([name, upstream]): [SystemName, LicenseUpstream][] =>
        upstream ? [[name, measured(upstream, name)]] : [],
    ),
  ]);
}

/**
 * The store, and any license server at all. One vendor that is away is away for every process: to be taken out of the
 * rotation for it would end what the others' devices play as well. Which one it is, the metrics say.
 */
function readinessChecks(
  { store }: ResolvedApiOptions,
  upstreams: ReadonlyMap<SystemName, LicenseUpstream>,
): ReadinessCheck[] {
  const pingStore = async (): Promise<boolean> => {
    await store.ping();
    return true;
  };
  return [
    { name: 'store', isReady: pingStore },
    {
      name: 'license-servers',
      isReady: () => [...upstreams.values()].some(({ breaker }) => breaker?.status !== 'open'),
    },
  ];
}

/** Breakers are looked at when somebody reads the page: they tell nobody when time opens them. */
function withBreakers(
  metrics: ExposedMetrics,
  upstreams: ReadonlyMap<SystemName, LicenseUpstream>,
): ExposedMetrics {
  return {
    ...metrics,
    async render() {
      for (const [name, { breaker }] of upstreams) if (breaker) metrics.breaker(name, breaker.status);
      return metrics.render();
    },
  };
}

interface Tenant {
  readonly app: Hono<ServerEnv>;
  readonly hosts: readonly string[];
}

/** The first tenant answers for every host that is no other's. */
function dispatchByHost([everybodyElse, ...further]: readonly Tenant[]): Hono<ServerEnv> {
  if (everybodyElse === undefined) throw new Error('There is always a default tenant.');
  if (further.length === 0) return everybodyElse.app;

  const byHost = new Map(further.flatMap(({ hosts, app }) => hosts.map((host) => [host, app] as const)));
  const dispatcher = new Hono<ServerEnv>();
  dispatcher.all('*', async (c) => {
    const { host, hostname } = new URL(c.req.url);
    const app = byHost.get(withoutDot(host)) ?? byHost.get(withoutDot(hostname)) ?? everybodyElse.app;
    return app.fetch(c.req.raw, c.env);
  });
  return dispatcher;
}

/** A name with its last dot is the same host. */
function withoutDot(host: string): string {
  return host.replace(/\.(?=:|$)/, '');
}
