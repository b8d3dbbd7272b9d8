import type { AccountPlan, CertificateAuthority } from '@secure-player/protocol';

import type { AccountConfiguration } from '../accounts/account-directory.js';
import type { PasswordChecker } from '../accounts/password-hash.js';
import type { Title } from '../catalog/title.js';
import type { SystemName } from '../catalog/system-name.js';
import type { AddressList } from '../edge/address-list.js';
import type { PeerAddress } from '../edge/edge.js';
import { resolveEdgeOptions, type EdgeOptions, type ResolvedEdgeOptions } from '../edge/edge-options.js';
import { invalidConfiguration } from '../entitlement-server-error.js';
import { resolveMetricsReaders } from '../health/metrics-readers.js';
import type { LicenseUpstream } from '../license-proxy/license-upstream.js';
import type { TokenKey } from '../license-server/license-token.js';
import { filterLog, type Log, type LogLevel } from '../log/log-entry.js';
import type { ExposedMetrics } from '../metrics/metrics.js';
import {
  resolveRateLimits,
  type RateLimitOptions,
  type ResolvedRateLimits,
} from '../rate-limits/rate-limit-options.js';
import type { PlanConfiguration } from '../rights/plan-rules.js';
import { randomBytes, type Random } from '../secrets/opaque-secret.js';
import type { EntitlementStore } from '../store/entitlement-store.js';
import { createInMemoryStore } from '../store/in-memory-store.js';
import type { Clock } from '../storage/owned-expiring-map.js';
import { resolveTenants, type ResolvedTenant } from './resolve-tenants.js';
import type { TenantOptions } from './tenant-options.js';

/** How the API is set up. Secrets come in here and from nowhere else. */
export interface EntitlementApiOptions extends EdgeOptions {
  /** What the server offers. */
  readonly titles: readonly Title[];
  /**
   * At least 30 bytes, the same the titles were packaged with; every content key follows from it. Left out where license
   * servers elsewhere (`upstreams`) answer for every system that is offered: this process then never knows a key.
   */
  readonly keySeed?: Uint8Array | undefined;
  /**
   * Who may sign in. `demoAccounts()` makes three to look around with.
   * @default none
   */
  readonly accounts?: readonly AccountConfiguration[] | undefined;
  /**
   * Where players find the titles' directories, with a slash at the end: a path of this server, or an address elsewhere.
   * @default '/media/'
   */
  readonly mediaUrl?: string | undefined;
  /** Checks the passwords of the accounts; `createEntitlementServer` does it by scrypt. */
  readonly passwords: PasswordChecker;
  /**
   * What plans pay for: groups of keys, streams at a time, devices.
   * @default `premium` everything, `basic` all but HD, neither with a limit
   */
  readonly plans?: Partial<Record<AccountPlan, PlanConfiguration>> | undefined;
  /**
   * Further tenants, each under hosts of its own. What the other options say of titles, accounts and keys is what every
   * other host gets.
   * @default none
   */
  readonly tenants?: readonly TenantOptions[] | undefined;
  /**
   * Where everything is remembered.
   * @default `createInMemoryStore()`
   */
  readonly store?: EntitlementStore | undefined;
  /**
   * The keys that license tokens are signed with: the first signs, all are accepted. They are shared with the license
   * servers, and with all processes that share the store, and with nobody else.
   * @default a random one, which only the license server in this process knows
   */
  readonly tokenKeys?: readonly TokenKey[] | undefined;
  /**
   * License servers elsewhere, by key system.
   * @default the one in this process
   */
  readonly upstreams?: Partial<Record<SystemName, LicenseUpstream>> | undefined;
  /**
   * How much later than asked for a heartbeat may come before the stream counts no more.
   * @default 30
   */
  readonly leaseGraceSeconds?: number | undefined;
  /**
   * Whether licenses of accounts with a limit of streams last no longer than their stream, and are renewed with it: a
   * device that lost its stream then stops by itself, whatever its page does. What such an account prefetches, and what
   * anybody prefetches of a rental that has not been started, lasts no longer than the prefetched session; playing on takes a
   * stream, and starts the rental. Clear Key keeps no such bound.
   * @default true
   */
  readonly bindLicensesToLeases?: boolean | undefined;
  /**
   * How long a playback session lasts that was prefetched and not played.
   * @default 600
   */
  readonly prefetchTtlSeconds?: number | undefined;
  /**
   * How long a device counts among an account's after it was last seen.
   * @default 2592000 (30 days)
   */
  readonly deviceTtlSeconds?: number | undefined;
  /**
   * The origins, such as `https://example.com`, whose pages may use the API from elsewhere.
   * @default none: only pages of the server's own origin
   */
  readonly allowedOrigins?: readonly string[] | undefined;
  /**
   * How long signing in lasts.
   * @default 43200 (12 hours)
   */
  readonly sessionTtlSeconds?: number | undefined;
  /**
   * How long a playback session lasts after its last heartbeat, at most until the sign-in that opened it ends. It says who may fetch licenses and takes no stream from
   * anybody, so it may outlive a long pause.
   * @default 14400 (4 hours)
   */
  readonly playbackSessionTtlSeconds?: number | undefined;
  /**
   * How many playback sessions there may be of people who have not signed in. Further ones are turned away with 503
   * until some have ended; nobody's is ended for them. One address (of IPv6, one /64) has a twentieth of them at most, or
   * 100: then its session that was silent for longest ends for another, unless that one is still heard of. Where
   * `rateLimits` do not count the sessions of addresses, this does not either.
   * @default 10000
   */
  readonly anonymousSessionLimit?: number | undefined;
  /**
   * How often players are asked to report.
   * @default 60
   */
  readonly heartbeatSeconds?: number | undefined;
  /**
   * Whether there are licenses under the names of Widevine, PlayReady and FairPlay for the devices of the virtual CDM,
   * for tests and demos. They are none of the vendors', and a vendor's device understands none of them.
   * @default false
   */
  readonly virtualKeySystems?: boolean | undefined;
  /**
   * Who certifies the devices of the virtual CDM, and this server to them. Devices have to know its public key. A device
   * that asks this server for its certificate gets one for `software`, whatever it claims, because anybody can ask; one
   * for `hardware` is made elsewhere, with the authority's private key. The test root certifies every claim.
   * @default the published test root, whose private key everybody knows
   */
  readonly deviceAuthority?: CertificateAuthority | undefined;
  /**
   * Says which address a request's connection comes from, from what the adapter gives along with the request;
   * `createEntitlementServer` asks Node.
   * @default nobody knows, as in a page
   */
  readonly peerAddress?: PeerAddress | undefined;
  /**
   * How often addresses and accounts may ask; false for as often as they like. Each process counts by itself.
   * @default limits that no household and no office reaches
   */
  readonly rateLimits?: RateLimitOptions | false | undefined;
  /**
   * Counts what the server does, for `/metrics`.
   * @default nothing is counted
   */
  readonly metrics?: ExposedMetrics | null | undefined;
  /**
   * The addresses and networks that may read `/metrics`, and not through a proxy.
   * @default this machine
   */
  readonly metricsReaders?: readonly string[] | undefined;
  /**
   * Receives log entries; it must not throw.
   * @default nobody
   */
  readonly log?: Log | undefined;
  /** @default 'info': one entry per request, and one at the start with the test root; `error` leaves only faults, `debug` adds licenses */
  readonly logLevel?: LogLevel | undefined;
  /** @default Date.now */
  readonly clock?: Clock | undefined;
  /** @default the platform's */
  readonly random?: Random | undefined;
}

/** The options with every default in its place, checked. */
export interface ResolvedApiOptions extends Required<
  Omit<
    EntitlementApiOptions,
    | 'tenants'
    | 'titles'
    | 'keySeed'
    | 'accounts'
    | 'mediaUrl'
    | 'allowedOrigins'
    | 'plans'
    | 'random'
    | 'logLevel'
    | 'deviceAuthority'
    | 'metricsReaders'
    | 'rateLimits'
    | keyof EdgeOptions
  >
> {
  /** The tenant of all hosts that are nobody's first. */
  readonly tenants: readonly ResolvedTenant[];
  readonly store: EntitlementStore;
  readonly tokenKeys: readonly TokenKey[];
  readonly upstreams: Partial<Record<SystemName, LicenseUpstream>>;
  readonly leaseGraceSeconds: number;
  readonly bindLicensesToLeases: boolean;
  readonly prefetchTtlSeconds: number;
  readonly deviceTtlSeconds: number;
  readonly sessionTtlSeconds: number;
  readonly playbackSessionTtlSeconds: number;
  readonly anonymousSessionLimit: number;
  readonly heartbeatSeconds: number;
  readonly edge: ResolvedEdgeOptions;
  readonly peerAddress: PeerAddress;
  readonly rateLimits: ResolvedRateLimits;
  readonly metrics: ExposedMetrics | null;
  readonly metricsReaders: AddressList;
  readonly virtualKeySystems: boolean;
  readonly deviceAuthority: CertificateAuthority | undefined;
  readonly log: Log;
  readonly clock: Clock;
  readonly random: Random | undefined;
}

const TOKEN_SECRET_BYTES = 32;

/** Fills in defaults and refuses what cannot work. */
export function resolveApiOptions(options: EntitlementApiOptions): ResolvedApiOptions {
  const { passwords, random, log = () => {}, logLevel = 'info', clock = Date.now } = options;
  const anonymousSessionLimit = positive(options.anonymousSessionLimit ?? 10_000, 'anonymousSessionLimit');

  return {
    passwords,
    tenants: resolveTenants(options),
    store: options.store ?? createInMemoryStore({ clock, anonymousLimit: anonymousSessionLimit }),
    tokenKeys: options.tokenKeys ?? [{ id: 'here', secret: randomBytes(TOKEN_SECRET_BYTES) }],
    upstreams: options.upstreams ?? {},
    leaseGraceSeconds: positive(options.leaseGraceSeconds ?? 30, 'leaseGraceSeconds'),
    bindLicensesToLeases: options.bindLicensesToLeases ?? true,
    prefetchTtlSeconds: positive(options.prefetchTtlSeconds ?? 600, 'prefetchTtlSeconds'),
    deviceTtlSeconds: positive(options.deviceTtlSeconds ?? 30 * 24 * 3600, 'deviceTtlSeconds'),
    sessionTtlSeconds: positive(options.sessionTtlSeconds ?? 12 * 3600, 'sessionTtlSeconds'),
    playbackSessionTtlSeconds: positive(
      options.playbackSessionTtlSeconds ?? 4 * 3600,
      'playbackSessionTtlSeconds',
    ),
    anonymousSessionLimit,
    heartbeatSeconds: positive(options.heartbeatSeconds ?? 60, 'heartbeatSeconds'),
    edge: resolveEdgeOptions(options),
    peerAddress: options.peerAddress ?? (() => null),
    rateLimits: resolveRateLimits(options.rateLimits),
    metrics: options.metrics ?? null,
    metricsReaders: resolveMetricsReaders(options.metricsReaders),
    virtualKeySystems: options.virtualKeySystems ?? false,
    deviceAuthority: requireAuthority(options.deviceAuthority),
    log: filterLog(log, logLevel),
    clock,
    random,
  };
}

function requireAuthority(authority: CertificateAuthority | undefined): CertificateAuthority | undefined {
  if (authority === undefined) return undefined;

  const { publicKey, privateKey } = authority;
  const isUsable =
    [publicKey, privateKey].every(({ algorithm }) => algorithm.name === 'ECDSA') &&
    publicKey.usages.includes('verify') &&
    privateKey.usages.includes('sign');
  if (isUsable) return authority;

  throw invalidConfiguration('deviceAuthority', 'must be an ECDSA key that verifies and one that signs');
}

function positive(value: number, field: string): number {
  if (Number.isFinite(value) && value > 0) return value;
  throw invalidConfiguration(field, 'must be a number above 0');
}
