import type { CertificateAuthority } from '@secure-player/protocol';

import type { AccountConfiguration } from '../accounts/account-directory.js';
import type { PasswordChecker } from '../accounts/password-hash.js';
import type { Title } from '../catalog/title.js';
import { invalidConfiguration } from '../entitlement-server-error.js';
import { filterLog, type Log, type LogLevel } from '../log/log-entry.js';
import type { Random } from '../secrets/opaque-secret.js';
import type { Clock } from '../storage/owned-expiring-map.js';

/** How the API is set up. Secrets come in here and from nowhere else. */
export interface EntitlementApiOptions {
  /** What the server offers. */
  readonly titles: readonly Title[];
  /** At least 30 bytes, the same the titles were packaged with; every content key follows from it. */
  readonly keySeed: Uint8Array;
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
   * until some have ended; nobody's is ended for them.
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
  Omit<EntitlementApiOptions, 'random' | 'logLevel' | 'deviceAuthority'>
> {
  readonly accounts: readonly AccountConfiguration[];
  readonly mediaUrl: string;
  readonly allowedOrigins: readonly string[];
  readonly sessionTtlSeconds: number;
  readonly playbackSessionTtlSeconds: number;
  readonly anonymousSessionLimit: number;
  readonly heartbeatSeconds: number;
  readonly virtualKeySystems: boolean;
  readonly deviceAuthority: CertificateAuthority | undefined;
  readonly log: Log;
  readonly clock: Clock;
  readonly random: Random | undefined;
}

/** The PlayReady key seed algorithm uses the first 30 bytes. */
const MIN_SEED_BYTES = 30;

/** Fills in defaults and refuses what cannot work. The key seed is copied: changing it afterwards changes nothing. */
export function resolveApiOptions(options: EntitlementApiOptions): ResolvedApiOptions {
  const { titles, keySeed, passwords, random, log = () => {}, logLevel = 'info' } = options;
  if (keySeed.length < MIN_SEED_BYTES) {
    throw invalidConfiguration('keySeed', `must be at least ${MIN_SEED_BYTES} bytes`);
  }

  return {
    titles,
    passwords,
    keySeed: Uint8Array.from(keySeed),
    accounts: options.accounts ?? [],
    mediaUrl: requireFolderUrl(options.mediaUrl ?? '/media/'),
    allowedOrigins: (options.allowedOrigins ?? []).map(requireOrigin),
    sessionTtlSeconds: positive(options.sessionTtlSeconds ?? 12 * 3600, 'sessionTtlSeconds'),
    playbackSessionTtlSeconds: positive(
      options.playbackSessionTtlSeconds ?? 4 * 3600,
      'playbackSessionTtlSeconds',
    ),
    anonymousSessionLimit: positive(options.anonymousSessionLimit ?? 10_000, 'anonymousSessionLimit'),
    heartbeatSeconds: positive(options.heartbeatSeconds ?? 60, 'heartbeatSeconds'),
    virtualKeySystems: options.virtualKeySystems ?? false,
    deviceAuthority: requireAuthority(options.deviceAuthority),
    log: filterLog(log, logLevel),
    clock: options.clock ?? Date.now,
    random,
  };
}

function requireFolderUrl(mediaUrl: string): string {
  if (mediaUrl.endsWith('/') && URL.canParse(mediaUrl, 'https://server.invalid/')) return mediaUrl;

  throw invalidConfiguration('mediaUrl', 'must be a path or an address that ends with a slash');
}

function requireOrigin(origin: string, index: number): string {
  if (URL.canParse(origin) && new URL(origin).origin === origin) return origin;

  throw invalidConfiguration(
    `allowedOrigins[${index}]`,
    'must be scheme, host and port alone, such as https://example.com',
  );
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
