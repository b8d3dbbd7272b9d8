import type { SealedSystem } from '@secure-player/protocol';
import { Hono } from 'hono';

import type { SystemName } from '../catalog/system-name.js';
import { invalidConfiguration } from '../entitlement-server-error.js';
import type { ServerEnv } from '../http/server-env.js';
import { InProcessLicenseServer } from '../license-proxy/in-process-license-server.js';
import type { LicenseUpstream } from '../license-proxy/license-upstream.js';
import { LicenseServer } from '../license-server/license-server.js';
import { LicenseTokens } from '../license-server/license-token.js';
import { SessionIds } from '../playback-sessions/session-ids.js';
import {
  resolveApiOptions,
  type EntitlementApiOptions,
  type ResolvedApiOptions,
  type ResolvedTenant,
} from './entitlement-api-options.js';
import { createTenantApi } from './tenant-api.js';

/** Answers requests as soon as it exists, wherever Web Requests are: in Node, a worker, a page. */
export interface EntitlementApi {
  /** Its `fetch` takes a Web Request and gives a Web Response. */
  readonly app: Hono<ServerEnv>;
  /** Whether a URL path is one of the API's, for a program that serves a site from the same address. */
  readonly handles: (pathname: string) => boolean;
}

/** Adds to what each tenant's API answers. */
export type ExtendTenant = (app: Hono<ServerEnv>, tenant: ResolvedTenant) => void;

const PREFIXES = ['/v1/', '/license/', '/certificate/'];
const HEALTH = '/healthz';
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
  const { log, clock, virtualKeySystems, deviceAuthority, tokenKeys, random } = resolved;
  if (virtualKeySystems && !deviceAuthority) log({ event: 'test-root', level: 'info', time: clock() });

  const [signing] = tokenKeys;
  if (signing === undefined) throw invalidConfiguration('tokenKeys', 'must have at least one key');
  const services = {
    options: resolved,
    upstreams: createUpstreams(resolved),
    sessionIds: new SessionIds(signing.secret, random),
  };
  const tenants = resolved.tenants.map((tenant) => {
    const app = createTenantApi(tenant, services);
    app.get(HEALTH, (c) => c.json({ status: 'ok' }));
    extend(app, tenant);
    return { app, hosts: tenant.hosts };
  });

  return {
    app: dispatchByHost(tenants),
    handles: (pathname) => pathname === HEALTH || PREFIXES.some((prefix) => pathname.startsWith(prefix)),
  };
}

/** The license server in this process, for all systems that no other was named for. */
function createUpstreams(options: ResolvedApiOptions): ReadonlyMap<SystemName, LicenseUpstream> {
  const { tenants, tokenKeys, store, virtualKeySystems, deviceAuthority, clock, random, upstreams } = options;
  const server = new LicenseServer({
    keySeeds: tenants.map(({ id, keySeed }) => [id, keySeed] as const),
    tokenKeys,
    ledger: store.tokens,
    virtualKeySystems,
    deviceAuthority,
    clock,
    random,
  });
  const here = new InProcessLicenseServer(server, new LicenseTokens({ keys: tokenKeys, clock }));
  const names: readonly SystemName[] = ['clearkey', ...(virtualKeySystems ? SEALED_SYSTEMS : [])];

  return new Map<SystemName, LicenseUpstream>([
    ...names.map((name) => [name, here] as const),
    ...(Object.entries(upstreams) as [SystemName, LicenseUpstream | undefined][]).flatMap(
      ([name, upstream]): [SystemName, LicenseUpstream][] => (upstream ? [[name, upstream]] : []),
    ),
  ]);
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
  dispatcher.all('*', async (c) =>
    (byHost.get(new URL(c.req.url).host) ?? everybodyElse.app).fetch(c.req.raw, c.env),
  );
  return dispatcher;
}
