import type { SystemName } from '../../catalog/system-name.js';
import type { ClaimMapping } from './adapters/header-token.js';
import type { DrmtodayTemplate } from './adapters/drmtoday-rights.js';
import type { GrantBound } from './adapters/claim-sources.js';
import type { BreakerOptions } from './circuit-breaker.js';

/** A license server behind the proxy. All of it can be written in JSON; secrets are in the form that the vendor shows them in. */
export type UpstreamOptions =
  | BuiltInUpstreamOptions
  | AxinomUpstreamOptions
  | DoverunnerUpstreamOptions
  | DrmtodayUpstreamOptions
  | HeaderTokenUpstreamOptions;

interface CommonUpstreamOptions {
  /**
   * How long a request may take, a second attempt included; 100 to 60000.
   * @default 10000
   */
  readonly timeoutMs?: number | undefined;
  /**
   * The largest answer that is read.
   * @default 524288 (512 KiB)
   */
  readonly maxAnswerBytes?: number | undefined;
  readonly breaker?: BreakerOptions | undefined;
}

/** One address for all key systems, or one for each that there is. `https:`, or `http:` on this machine. */
export type UpstreamUrls = string | { readonly [System in SystemName]?: string | undefined };

/** The license server of this package, which takes the proxy's own tokens. */
export interface BuiltInUpstreamOptions extends CommonUpstreamOptions {
  readonly kind: 'license-server';
  /** Its root; the name of the key system is added to the path. Without a query. */
  readonly url: string;
}

/** Axinom DRM. */
export interface AxinomUpstreamOptions extends CommonUpstreamOptions {
  readonly kind: 'axinom';
  readonly url: UpstreamUrls;
  /** A GUID. */
  readonly communicationKeyId: string;
  /** Base64 of 32 bytes. */
  readonly communicationKey: string;
}

/** DoveRunner, once PallyCon. */
export interface DoverunnerUpstreamOptions extends CommonUpstreamOptions {
  readonly kind: 'doverunner';
  readonly url: UpstreamUrls;
  /** Four characters. */
  readonly siteId: string;
  /** 32 characters. */
  readonly siteKey: string;
  readonly accessKey: string;
  /** @default 'anonymous' */
  readonly anonymousUserId?: string | undefined;
}

/** castLabs DRMtoday. */
export interface DrmtodayUpstreamOptions extends CommonUpstreamOptions {
  readonly kind: 'drmtoday';
  readonly url: UpstreamUrls;
  readonly merchant: string;
  readonly sharedSecretId: string;
  /** Hexadecimal digits, at least 64. */
  readonly sharedSecret: string;
  /** At least one, in whatever order: keys and what they demand are said by naming one. */
  readonly templates: readonly DrmtodayTemplate[];
  /** @default 'anonymous' */
  readonly anonymousUserId?: string | undefined;
}

/** Any server that takes a signed token in a header. */
export interface HeaderTokenUpstreamOptions extends CommonUpstreamOptions {
  readonly kind: 'header-token';
  readonly url: UpstreamUrls;
  /** Such as `Authorization`. */
  readonly header: string;
  /**
   * What stands before the token, such as `Bearer ` with its space.
   * @default nothing
   */
  readonly prefix?: string | undefined;
  /** @default 'HS256' */
  readonly algorithm?: 'HS256' | 'HS384' | 'HS512' | 'ES256' | 'RS256' | undefined;
  /** For `HS…`: base64 of at least 32 bytes (48 for HS384, 64 for HS512). */
  readonly secret?: string | undefined;
  /** For `ES256` (a key of P-256) and `RS256` (of RSA with 2048 bits or more): PKCS #8 as PEM. */
  readonly privateKey?: string | undefined;
  /** The `kid` of the token's header. */
  readonly keyId?: string | undefined;
  /**
   * 1 to 120.
   * @default 60
   */
  readonly lifetimeSeconds?: number | undefined;
  readonly claims: Readonly<Record<string, ClaimMapping>>;
  /**
   * Bounds that no claim tells of, because the license server keeps them by itself. A grant with a bound that is neither told
   * nor kept is refused. `keyIds` has to be one or the other.
   * @default none
   */
  readonly keptElsewhere?: readonly GrantBound[] | undefined;
}
