import { keyIdToGuid } from '@secure-player/protocol';
import { SignJWT } from 'jose';

import type { UpstreamGrant } from '../../license-upstream.js';
import type { UpstreamAdapter } from '../upstream-adapter.js';
import { axinomLicense, axinomUsagePolicies, usagePolicyName } from './axinom-policy.js';
import { hmacKey } from './imported-key.js';
import { keyDemands } from './key-demands.js';
import { licenseTerms } from './license-terms.js';
import { sealedSystemOf, VENDOR_SYSTEMS } from './sealed-system-of.js';
import { createUuid, TOKEN_LIFETIME_SECONDS, toUtcText, type TokenSource } from './token-source.js';

/** What a tenant of Axinom DRM signs its messages with. */
export interface AxinomSecrets {
  /** A GUID. */
  readonly communicationKeyId: string;
  /** 32 bytes. */
  readonly communicationKey: Uint8Array;
}

/** The license server's clock may be behind by that much. */
const SKEW_MS = 30_000;

/**
 * An Axinom-like license server: a signed license service message in `X-AxDRM-Message`. Keys are named by their ids alone; the
 * server has them, or derives them.
 */
export function axinomAdapter(
  { communicationKeyId, communicationKey }: AxinomSecrets,
  { clock, random }: TokenSource,
): UpstreamAdapter {
  const signingKey = hmacKey(communicationKey);

  return {
    systems: VENDOR_SYSTEMS,
    tellsTenant: false,
    async prepare({ grant }) {
      const message = axinomMessage(grant, { communicationKeyId, id: createUuid(random), now: clock() });
      const token = await new SignJWT(message)
        .setProtectedHeader({ alg: 'HS256', typ: 'JWT' })
        .sign(await signingKey());
      return { headers: { 'X-AxDRM-Message': token } };
    },
  };
}

interface AxinomMessageOptions {
  readonly communicationKeyId: string;
  readonly id: string;
  readonly now: number;
}

/** The license service message for a grant, unsigned. */
export function axinomMessage(
  grant: UpstreamGrant,
  { communicationKeyId, id, now }: AxinomMessageOptions,
): Readonly<Record<string, unknown>> {
  const system = sealedSystemOf(grant);
  return {
    version: 1,
    id,
    begin_date: toUtcText(now - SKEW_MS),
    expiration_date: toUtcText(now + TOKEN_LIFETIME_SECONDS * 1000),
    com_key_id: communicationKeyId,
    message: {
      type: 'entitlement_message',
      version: 2,
      license: axinomLicense(licenseTerms(grant, now), system),
      content_keys_source: {
        inline: grant.keys.map(({ keyId, policy }) => ({
          id: keyIdToGuid(keyId),
          usage_policy: usagePolicyName(keyDemands(policy)),
        })),
      },
      content_key_usage_policies: axinomUsagePolicies(grant.keys, system),
    },
  };
}
