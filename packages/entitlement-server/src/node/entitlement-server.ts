import { createEntitlementApi, type EntitlementApi } from '../api/entitlement-api.js';
import type { EntitlementApiOptions } from '../api/entitlement-api-options.js';
import { parsePasswordHash, type PasswordCost } from '../accounts/password-hash.js';
import { invalidConfiguration } from '../entitlement-server-error.js';
import type { Log } from '../log/log-entry.js';
import type { ExposedMetrics } from '../metrics/metrics.js';
import { writeJsonLog } from './json-log.js';
import { createPrometheusMetrics } from './metrics/prometheus-metrics.js';
import { nodePeerAddress } from './node-peer-address.js';
import { mediaRoutes } from './media/media-routes.js';
import { PasswordVerifier } from './password.js';

/** How an entitlement server is set up: the API, and the media beside it. */
export interface EntitlementServerOptions extends Omit<
  EntitlementApiOptions,
  'passwords' | 'log' | 'peerAddress'
> {
  /** The folder below which the titles' directories lie. */
  readonly mediaRoot: string;
  /**
   * Receives log entries; it must not throw.
   * @default one JSON line each on stderr
   */
  readonly log?: Log | undefined;
  /**
   * Counts what the server does, for `/metrics`; null for nothing.
   * @default Prometheus metrics of this server and of the process
   */
  readonly metrics?: ExposedMetrics | null | undefined;
}

/** A server that answers requests as soon as it exists; `serve()` gives it a port. */
export interface EntitlementServer extends EntitlementApi {}

/**
 * Puts the server together: the API of `createEntitlementApi` with passwords by scrypt, and the media origin. Throws an `EntitlementServerError` for options that cannot work.
 */
export function createEntitlementServer(options: EntitlementServerOptions): EntitlementServer {
  const { mediaRoot, log = writeJsonLog, metrics = createPrometheusMetrics(), ...rest } = options;
  if (mediaRoot === '') throw invalidConfiguration('mediaRoot', 'must name a folder');

  const passwords = new PasswordVerifier({ decoyCost: costOfAnAccount(options) });
  const api = createEntitlementApi(
    { ...rest, log, metrics, passwords, peerAddress: nodePeerAddress },
    (app, { titles }) => {
      app.route('/', mediaRoutes({ mediaRoot, titles }));
    },
  );

  return {
    ...api,
    handles: (pathname) => api.handles(pathname) || pathname.startsWith('/media/'),
  };
}

/** An unknown user must cost what a known one does, so the stand-in hash takes its cost from the configuration. */
function costOfAnAccount({ accounts, tenants }: EntitlementServerOptions): PasswordCost | undefined {
  const [first] = [accounts, ...(tenants ?? []).map((tenant) => tenant.accounts)].flatMap(
    (each) => each ?? [],
  );
  return parsePasswordHash(first?.passwordHash ?? '') ?? undefined;
}
