import { importPKCS8, SignJWT } from 'jose';

import { SYSTEM_NAMES } from '../../../catalog/system-name.js';
import { invalidConfiguration } from '../../../entitlement-server-error.js';
import type { UpstreamGrant } from '../../license-upstream.js';
import type { UpstreamAdapter } from '../upstream-adapter.js';
import { cannotSay } from './cannot-say.js';
import { boundsOf, CLAIM_SOURCES, type ClaimSourceName, type GrantBound } from './claim-sources.js';
import { hmacKey, once, type ImportedKey } from './imported-key.js';
import { licenseTerms } from './license-terms.js';
import { createUuid, toEpochSeconds, type TokenSource } from './token-source.js';

/** What a claim holds: a part of the grant, or always the same. */
export type ClaimMapping = { readonly from: ClaimSourceName } | { readonly value: unknown };

/** How tokens are signed: with a secret that is shared, or a private key in PKCS #8 as PEM. */
export type HeaderTokenKey =
  | { readonly algorithm: 'HS256' | 'HS384' | 'HS512'; readonly secret: Uint8Array }
  | { readonly algorithm: 'ES256' | 'RS256'; readonly privateKey: string };

/** How a license server of whatever vendor is told by a JWT in a header. */
export interface HeaderTokenFormat {
  readonly header: string;
  /** What stands before the token, such as `Bearer ` with its space. */
  readonly prefix: string;
  readonly key: HeaderTokenKey;
  /** The `kid` of the token's header. */
  readonly keyId?: string | undefined;
  readonly lifetimeSeconds: number;
  /** By the claim's name. `jti`, `iat` and `exp` come by themselves. */
  readonly claims: Readonly<Record<string, ClaimMapping>>;
  /** Bounds that no claim tells of, because the license server keeps them by itself. */
  readonly keptElsewhere: readonly GrantBound[];
}

/** A license server that wants a signed token in a header of its own, with claims by its own names. */
export function headerTokenAdapter(
  format: HeaderTokenFormat,
  { clock, random }: TokenSource,
): UpstreamAdapter {
  const { key } = format;
  const signingKey = toSigningKey(key);

  return {
    systems: SYSTEM_NAMES,
    tellsTenant: Object.values(format.claims).some(
      (mapping) => 'from' in mapping && mapping.from === 'tenant',
    ),
    async prepare({ grant }) {
      const now = clock();
      const issuedAt = toEpochSeconds(now);
      const token = await new SignJWT(headerTokenClaims(grant, format, now))
        .setProtectedHeader({
          alg: key.algorithm,
          typ: 'JWT',
          ...(format.keyId !== undefined && { kid: format.keyId }),
        })
        .setJti(createUuid(random))
        .setIssuedAt(issuedAt)
        .setExpirationTime(issuedAt + format.lifetimeSeconds)
        .sign(await signingKey());
      return { headers: { [format.header]: `${format.prefix}${token}` } };
    },
  };
}

const HASHES = { HS256: 'SHA-256', HS384: 'SHA-384', HS512: 'SHA-512' } as const;

function toSigningKey(key: HeaderTokenKey): ImportedKey {
  if ('secret' in key) return hmacKey(key.secret, HASHES[key.algorithm]);

  return once(async () => {
    try {
      return await importPKCS8(key.privateKey, key.algorithm);
    } catch {
      throw invalidConfiguration('privateKey', `cannot be read as one for ${key.algorithm}`);
    }
  });
}

/**
 * The mapped claims of a grant.
 *
 * @throws ProblemError `license-upstream-refused` for a bound that neither a claim tells of nor the license server keeps.
 */
export function headerTokenClaims(
  grant: UpstreamGrant,
  { claims, keptElsewhere }: Pick<HeaderTokenFormat, 'claims' | 'keptElsewhere'>,
  now: number,
): Record<string, unknown> {
  const terms = licenseTerms(grant, now);
  const told = new Set<GrantBound>([...keptElsewhere, ...boundsToldBy(claims)]);
  const untold = boundsOf(grant, terms).find((bound) => !told.has(bound));
  if (untold !== undefined) throw cannotSay(`a license with ${untold}: no claim tells of it`);

  const values = Object.entries(claims).map(([name, mapping]): [string, unknown] => [
    name,
    'from' in mapping ? CLAIM_SOURCES[mapping.from].read(grant, terms) : mapping.value,
  ]);
  return Object.fromEntries(values.filter(([, value]) => value !== undefined));
}

/** The bounds that a license server learns of by the claims. */
export function boundsToldBy(claims: HeaderTokenFormat['claims']): readonly GrantBound[] {
  return Object.values(claims).flatMap((mapping) =>
    'from' in mapping ? CLAIM_SOURCES[mapping.from].tells : [],
  );
}
