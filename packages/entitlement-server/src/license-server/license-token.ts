import { keyIdFromBase64Url, keyIdToBase64Url, HDCP_LEVELS } from '@secure-player/protocol';
import * as v from 'valibot';

import { SYSTEM_NAMES, type SystemName } from '../catalog/system-name.js';
import { invalidConfiguration } from '../entitlement-server-error.js';
import { ProblemError } from '../http/problem-error.js';
import type { GrantedKey, UpstreamGrant } from '../license-proxy/license-upstream.js';
import { createOpaqueSecret } from '../secrets/opaque-secret.js';
import type { Clock } from '../storage/owned-expiring-map.js';
import { createHs256Key, openHs256, signHs256, type Hs256Key } from './hs256.js';

/** A secret that proxy and license server share, and nobody else has. */
export interface TokenKey {
  /** Names the key in tokens, so that a new one can be brought in while the last one is still accepted. */
  readonly id: string;
  /** 32 bytes or more (RFC 7518 section 3.2). */
  readonly secret: Uint8Array;
}

/** What a token says, checked. */
export interface LicenseTokenClaims extends UpstreamGrant {
  readonly jti: string;
  /** Epoch milliseconds from when on nobody accepts the token any more. */
  readonly goneAt: number;
}

/** What {@link LicenseTokens} works with. */
export interface LicenseTokensOptions {
  /** The first signs, all verify. */
  readonly keys: readonly TokenKey[];
  readonly clock: Clock;
  /** At most 60. @default 30 */
  readonly ttlSeconds?: number | undefined;
}

const ISSUER = 'secure-player-proxy';
const AUDIENCE = 'license';
const MAX_TTL_SECONDS = 60;
const MIN_SECRET_BYTES = 32;
/** Between the clocks of two machines. */
const TOLERANCE_SECONDS = 5;

const finite = v.pipe(v.number(), v.finite());
const number = v.optional(v.number());
const keyPolicySchema = v.strictObject({
  minHdcp: v.optional(v.picklist(HDCP_LEVELS)),
  minSecurityLevel: v.optional(v.picklist(['software', 'hardware'])),
  use: v.optional(v.picklist(['content', 'root'])),
  inClear: v.optional(v.boolean()),
});
const claimsSchema = v.object({
  iss: v.literal(ISSUER),
  aud: v.literal(AUDIENCE),
  jti: v.string(),
  iat: finite,
  exp: finite,
  nbf: v.optional(finite),
  sub: v.optional(v.string()),
  tenant: v.string(),
  session: v.optional(v.string()),
  device: v.optional(v.string()),
  content: v.string(),
  system: v.picklist(SYSTEM_NAMES),
  sessionType: v.picklist(['temporary', 'persistent-license', 'persistent-usage-record']),
  /** Key id, place of its policy in `keyPolicies`, group. */
  keys: v.array(
    v.tuple([v.string(), v.number(), v.nullable(v.picklist(['AUDIO', 'SD', 'HD', 'UHD1', 'UHD2']))]),
  ),
  keyPolicies: v.array(keyPolicySchema),
  policy: v.strictObject({
    notBefore: number,
    notAfter: number,
    licenseDurationSeconds: number,
    rentalDurationSeconds: number,
    playbackDurationSeconds: number,
    renewal: v.optional(
      v.strictObject({ delaySeconds: v.number(), retrySeconds: number, graceSeconds: number }),
    ),
    canPersist: v.optional(v.boolean()),
  }),
});

type Claims = v.InferOutput<typeof claimsSchema>;

/**
 * The passes between proxy and license server: JWTs that say what may go out, live for seconds, and are used once. A token
 * that is not signed by one of the keys, not for this, too old or malformed is a `license-token-rejected`, and nothing
 * tells which.
 */
export class LicenseTokens {
  readonly #clock: Clock;
  readonly #ttlSeconds: number;
  /** The first signs, all verify. */
  readonly #keys: ReadonlyMap<string, Hs256Key>;

  constructor({ keys, clock, ttlSeconds = MAX_TTL_SECONDS / 2 }: LicenseTokensOptions) {
    if (keys.length === 0) throw invalidConfiguration('tokenKeys', 'must have at least one key');
    for (const [index, { id, secret }] of keys.entries()) {
      const field = `tokenKeys[${index}]`;
      if (id === '' || keys.findIndex((key) => key.id === id) !== index) {
        throw invalidConfiguration(`${field}.id`, 'must be there, and differ from the others');
      }
      if (secret.length < MIN_SECRET_BYTES) {
        throw invalidConfiguration(`${field}.secret`, `must be at least ${MIN_SECRET_BYTES} bytes`);
      }
    }
    if (!(ttlSeconds > 0 && ttlSeconds <= MAX_TTL_SECONDS)) {
      throw invalidConfiguration('tokenTtlSeconds', `must be above 0 and at most ${MAX_TTL_SECONDS}`);
    }
    this.#clock = clock;
    this.#ttlSeconds = ttlSeconds;
    this.#keys = new Map(keys.map(({ id, secret }) => [id, createHs256Key(secret)]));
  }

  /** A new token for one exchange. */
  async mint(grant: UpstreamGrant): Promise<string> {
    const [first] = this.#keys;
    if (first === undefined) throw new Error('There is a first key: it was checked.');

    const now = this.#now();
    return signHs256(...first, {
      ...toClaims(grant),
      iss: ISSUER,
      aud: AUDIENCE,
      jti: createOpaqueSecret(),
      iat: now,
      exp: now + this.#ttlSeconds,
    } satisfies Claims);
  }

  /** What the token says, if it is good for a license of this system now. Whether it was used before is not known here. */
  async verify(token: string, system: SystemName): Promise<LicenseTokenClaims> {
    const claims = v.safeParse(claimsSchema, openHs256(token, this.#keys));
    if (!claims.success || claims.output.system !== system) return rejectToken();
    if (!isCurrent(claims.output, this.#now())) return rejectToken();
    return fromClaims(claims.output);
  }

  #now(): number {
    return Math.floor(this.#clock() / 1000);
  }
}

/** However long a token says that it lives, it is not accepted longer than any may live. */
function isCurrent({ iat, exp, nbf = iat }: Claims, now: number): boolean {
  const age = now - iat;
  return (
    exp > now - TOLERANCE_SECONDS &&
    nbf <= now + TOLERANCE_SECONDS &&
    age >= -TOLERANCE_SECONDS &&
    age <= MAX_TTL_SECONDS + TOLERANCE_SECONDS
  );
}

function rejectToken(): never {
  throw new ProblemError('license-token-rejected');
}

/** Keys that demand the same share one policy: a title may have 256 keys, and headers have bounds. */
function toClaims(grant: UpstreamGrant): Omit<Claims, 'iss' | 'aud' | 'jti' | 'iat' | 'exp'> {
  const policies = new Map<string, { index: number; policy: Claims['keyPolicies'][number] }>();
  const keys = grant.keys.map(({ keyId, group, policy, inClear }): Claims['keys'][number] => {
    const { minHdcp, minSecurityLevel, use } = policy;
    const text = JSON.stringify([minHdcp, minSecurityLevel, use, inClear]);
    const known = policies.get(text) ?? {
      index: policies.size,
      policy: { minHdcp, minSecurityLevel, use, inClear },
    };
    policies.set(text, known);
    return [keyIdToBase64Url(keyId), known.index, group ?? null];
  });

  return {
    ...(grant.accountId !== null && { sub: grant.accountId }),
    ...(grant.sessionKey !== null && { session: grant.sessionKey }),
    ...(grant.deviceId !== null && { device: grant.deviceId }),
    tenant: grant.tenant,
    content: grant.contentId,
    system: grant.system,
    sessionType: grant.sessionType,
    keys,
    keyPolicies: [...policies.values()].map(({ policy }) => policy),
    policy: grant.policy,
  };
}

function fromClaims(claims: Claims): LicenseTokenClaims {
  return {
    jti: claims.jti,
    goneAt: (claims.exp + TOLERANCE_SECONDS) * 1000,
    accountId: claims.sub ?? null,
    sessionKey: claims.session ?? null,
    deviceId: claims.device ?? null,
    tenant: claims.tenant,
    contentId: claims.content,
    system: claims.system,
    sessionType: claims.sessionType,
    keys: claims.keys.map(([keyId, index, group]): GrantedKey => {
      const { inClear, ...policy } = claims.keyPolicies[index] ?? rejectToken();
      return { keyId: keyIdFromBase64Url(keyId), group: group ?? undefined, inClear, policy };
    }),
    policy: claims.policy,
  };
}
