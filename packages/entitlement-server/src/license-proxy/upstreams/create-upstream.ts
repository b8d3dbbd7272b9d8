import { fromHex } from '@secure-player/protocol';
import * as v from 'valibot';

import { invalidConfiguration } from '../../entitlement-server-error.js';
import { randomBytes, type Random } from '../../secrets/opaque-secret.js';
import type { Clock } from '../../storage/owned-expiring-map.js';
import type { Log, UpstreamLogEntry } from '../../log/log-entry.js';
import { axinomAdapter } from './adapters/axinom.js';
import type { MintToken } from './adapters/built-in.js';
import { doverunnerAdapter } from './adapters/doverunner.js';
import { drmtodayAdapter } from './adapters/drmtoday.js';
import { boundsToldBy, headerTokenAdapter, type HeaderTokenKey } from './adapters/header-token.js';
import { privateKeyProblem } from './adapters/private-key.js';
import type { TokenSource } from './adapters/token-source.js';
import type { Fetch } from './ask-once.js';
import type { Unanswered } from './attempt-outcome.js';
import { resolveBreakerOptions } from './circuit-breaker.js';
import { GuardedExchange } from './guarded-exchange.js';
import { HttpLicenseServer } from './http-license-server.js';
import type { MonitoredUpstream } from './monitored-upstream.js';
import { RemoteLicenseServer } from './remote-license-server.js';
import { startPlatformTimer, type StartTimer } from './start-timer.js';
import type { UpstreamAdapter } from './upstream-adapter.js';
import type { UpstreamOptions } from './upstream-options.js';
import { upstreamSchema, type ResolvedUpstreamOptions } from './upstream-schema.js';

/** What an upstream needs of its surroundings. */
export interface UpstreamPorts {
  /** Makes the token for one attempt at the license server of this package; required for it, and for no other. */
  readonly mintToken?: MintToken | undefined;
  /** @default Date.now */
  readonly clock?: Clock | undefined;
  /** @default the platform's */
  readonly random?: Random | undefined;
  /** @default the platform's */
  readonly startTimer?: StartTimer | undefined;
  /** @default the platform's */
  readonly fetch?: Fetch | undefined;
  /** Told why a license server did not answer with what it was asked for. @default nothing is logged */
  readonly log?: Log | undefined;
}

/**
 * Makes the license server behind the proxy. `field` is where the options stand in the configuration, for errors.
 *
 * @throws EntitlementServerError `invalid-configuration`, naming the field and repeating no value.
 */
export function createUpstream(
  options: UpstreamOptions,
  ports: UpstreamPorts = {},
  field = 'upstream',
): MonitoredUpstream {
  const resolved = readOptions(options, field);
  const { clock = Date.now, random = randomBytes, startTimer = startPlatformTimer, log } = ports;
  const exchange = new GuardedExchange({
    isOurs: resolved.kind === 'license-server',
    timeoutMs: resolved.timeoutMs,
    maxAnswerBytes: resolved.maxAnswerBytes,
    breaker: resolveBreakerOptions(resolved.breaker),
    clock,
    startTimer,
    fetch: ports.fetch ?? (async (url, init) => fetch(url, init)),
    onUnanswered: (outcome) => log?.(toUpstreamEntry(outcome, resolved.kind, clock())),
  });
  if (resolved.kind === 'license-server') {
    const { mintToken } = ports;
    if (mintToken === undefined) throw invalidConfiguration(field, 'needs somebody who makes its tokens');
    return new RemoteLicenseServer({ root: toRoot(resolved.url), mintToken, exchange });
  }
  const adapter = createAdapter(resolved, { clock, random }, field);
  return new HttpLicenseServer({ kind: resolved.kind, urls: resolved.url, adapter, exchange });
}

function toUpstreamEntry(outcome: Unanswered, kind: string, time: number): UpstreamLogEntry {
  return {
    event: 'upstream',
    // Who is refused may have been refused rightly.
    level: outcome.status === 'refused' ? 'info' : 'error',
    time,
    kind,
    code: outcome.problem.problem.code,
    ...outcome.reason,
  };
}

function readOptions(options: unknown, field: string): ResolvedUpstreamOptions {
  // A message of the library's own would repeat what was written.
  const result = v.safeParse(upstreamSchema, options, { message: 'is not valid', abortEarly: true });
  if (result.success) return result.output;

  const [issue] = result.issues;
  const path = v.getDotPath(issue);
  throw invalidConfiguration(path === null ? field : `${field}.${path}`, issue.message);
}

type VendorOptions = Exclude<ResolvedUpstreamOptions, { readonly kind: 'license-server' }>;

function createAdapter(options: VendorOptions, source: TokenSource, field: string): UpstreamAdapter {
  switch (options.kind) {
    case 'axinom':
      return axinomAdapter(options, source);
    case 'doverunner':
      return doverunnerAdapter(options, source);
    case 'drmtoday':
      return drmtodayAdapter({ ...options, sharedSecret: fromHex(options.sharedSecret) }, source);
    case 'header-token':
      return createHeaderToken(options, source, field);
    default:
      return options satisfies never;
  }
}

type HeaderTokenOptions = Extract<ResolvedUpstreamOptions, { readonly kind: 'header-token' }>;

function createHeaderToken(options: HeaderTokenOptions, source: TokenSource, field: string): UpstreamAdapter {
  if (![...options.keptElsewhere, ...boundsToldBy(options.claims)].includes('keyIds')) {
    throw invalidConfiguration(
      `${field}.claims`,
      'must tell of the key ids, or keptElsewhere say that the license server knows them',
    );
  }
  return headerTokenAdapter({ ...options, key: keyOf(options, field) }, source);
}

/** A secret shorter than the hash would be the weakest part of the signature (RFC 7518 section 3.2). */
const SECRET_BYTES = { HS256: 32, HS384: 48, HS512: 64 } as const;

function keyOf({ algorithm, secret, privateKey }: HeaderTokenOptions, field: string): HeaderTokenKey {
  if (algorithm === 'ES256' || algorithm === 'RS256') {
    if (privateKey === undefined)
      throw invalidConfiguration(`${field}.privateKey`, `is needed for ${algorithm}`);
    if (secret !== undefined) throw invalidConfiguration(`${field}.secret`, `is not for ${algorithm}`);
    const problem = privateKeyProblem(privateKey, algorithm);
    if (problem !== null) throw invalidConfiguration(`${field}.privateKey`, problem);
    return { algorithm, privateKey };
  }
  if (privateKey !== undefined) throw invalidConfiguration(`${field}.privateKey`, `is not for ${algorithm}`);
  if (secret === undefined || secret.length < SECRET_BYTES[algorithm]) {
    throw invalidConfiguration(
      `${field}.secret`,
      `must be at least ${SECRET_BYTES[algorithm]} bytes in base64`,
    );
  }
  return { algorithm, secret };
}

function toRoot(url: string): string {
  const root = new URL(url);
  if (!root.pathname.endsWith('/')) root.pathname += '/';
  return root.href;
}
