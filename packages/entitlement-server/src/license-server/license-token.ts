import { keyIdFromBase64Url, keyIdToBase64Url, HDCP_LEVELS } from '@secure-player/protocol';
import { CompactSign, errors, jwtVerify } from 'jose';
import * as v from 'valibot';

import { SYSTEM_NAMES, type SystemName } from '../catalog/system-name.js';
import { invalidConfiguration } from '../entitlement-server-error.js';
import { ProblemError } from '../http/problem-error.js';
import type { GrantedKey, UpstreamGrant } from '../license-proxy/license-upstream.js';
import type { Clock } from '../storage/owned-expiring-map.js';

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

/** Nothing else, whatever a token's header says (RFC 8725 section 3.1). */
const ALGORITHM = 'HS256';
const ISSUER = 'secure-player-proxy';
const AUDIENCE = 'license';
const MAX_TTL_SECONDS = 60;
const MIN_SECRET_BYTES = 32;
/** Between the clocks of two machines. */
const TOLERANCE_SECONDS = 5;

const number = v.optional(v.number());
const keyPolicySchema = v.strictObject({
  minHdcp: v.optional(v.picklist(HDCP_LEVELS)),
  minSecurityLevel: v.optional(v.picklist(['software', 'hardware'])),
  use: v.optional(v.picklist(['content', 'root'])),
  inClear: v.optional(v.boolean()),
});
const claimsSchema = v.object({
  jti: v.string(),
  iat: v.number(),
  exp: v.number(),
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
  readonly #options: LicenseTokensOptions;
  readonly #ttlSeconds: number;
  #imported: Promise<ReadonlyMap<string, CryptoKey>> | undefined;

  constructor(options: LicenseTokensOptions) {
    const { keys, ttlSeconds = MAX_TTL_SECONDS / 2 } = options;
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
    this.#options = {
      ...options,
      keys: keys.map(({ id, secret }) => ({ id, secret: Uint8Array.from(secret) })),
    };
    this.#ttlSeconds = ttlSeconds;
  }

  /** What a new token would say, for one exchange in this process. */
  claim(grant: UpstreamGrant): LicenseTokenClaims {
    return { ...grant, jti: crypto.randomUUID(), goneAt: toGoneAt(this.#issueTimes().exp) };
  }

  /** A new token for one exchange. */
  async mint(grant: UpstreamGrant): Promise<string> {
    const id = this.#options.keys[0]?.id ?? '';
    const key = (await this.#keys()).get(id);
    if (key === undefined) throw new Error('There is a first key: it was checked.');

    const claims = {
      ...toClaims(grant),
      ...this.#issueTimes(),
      iss: ISSUER,
      aud: AUDIENCE,
      jti: crypto.randomUUID(),
    };
    // `SignJWT` would clone the claims once more, which takes a third of the time that signing does.
    return new CompactSign(new TextEncoder().encode(JSON.stringify(claims)))
      .setProtectedHeader({ alg: ALGORITHM, kid: id })
      .sign(key);
  }

  /** What the token says, if it is good for a license of this system now. Whether it was used before is not known here. */
  async verify(token: string, system: SystemName): Promise<LicenseTokenClaims> {
    const keys = await this.#keys();
    const payload = await jwtVerify(
      token,
      ({ kid = '' }) => {
        const key = keys.get(kid);
        if (key === undefined) throw new errors.JWKSNoMatchingKey();
        return key;
      },
      {
        algorithms: [ALGORITHM],
        issuer: ISSUER,
        audience: AUDIENCE,
        clockTolerance: TOLERANCE_SECONDS,
        maxTokenAge: MAX_TTL_SECONDS,
        currentDate: new Date(this.#options.clock()),
      },
    ).then((verified) => verified.payload, rejectToken);

    const claims = v.safeParse(claimsSchema, payload);
    if (!claims.success || claims.output.system !== system) return rejectToken();
    return fromClaims(claims.output);
  }

  #issueTimes(): { readonly iat: number; readonly exp: number } {
    const iat = Math.floor(this.#options.clock() / 1000);
    return { iat, exp: iat + this.#ttlSeconds };
  }

  /** Imported once: an import at each signature would cost more than the signature. */
  #keys(): Promise<ReadonlyMap<string, CryptoKey>> {
    this.#imported ??= Promise.all(
      this.#options.keys.map(async ({ id, secret }) => [id, await importSecret(secret)] as const),
    ).then((entries) => new Map(entries));
    return this.#imported;
  }
}

async function importSecret(secret: Uint8Array): Promise<CryptoKey> {
  const algorithm = { name: 'HMAC', hash: 'SHA-256' };
  return crypto.subtle.importKey('raw', Uint8Array.from(secret), algorithm, false, ['sign', 'verify']);
}

function rejectToken(): never {
  throw new ProblemError('license-token-rejected');
}

/** Keys that demand the same share one policy: a title may have 256 keys, and headers have bounds. */
function toClaims(grant: UpstreamGrant): Omit<Claims, 'jti' | 'iat' | 'exp'> {
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

function toGoneAt(exp: number): number {
  return (exp + TOLERANCE_SECONDS) * 1000;
}

function fromClaims(claims: Claims): LicenseTokenClaims {
  return {
    jti: claims.jti,
    goneAt: toGoneAt(claims.exp),
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
