import { fromBase64, toBase64 } from '@secure-player/protocol';
import { SignJWT } from 'jose';

import type { UpstreamAnswer, UpstreamGrant } from '../../license-upstream.js';
import { isUnknownRecord } from '../unknown-record.js';
import type { UpstreamAdapter } from '../upstream-adapter.js';
import { drmtodayRights, type DrmtodayTemplate } from './drmtoday-rights.js';
import { hmacKey } from './imported-key.js';
import { VENDOR_SYSTEMS } from './sealed-system-of.js';
import { toPlayersCkc, toSpcForm } from './spc-form.js';
import { createUuid, TOKEN_LIFETIME_SECONDS, toEpochSeconds, type TokenSource } from './token-source.js';

/** What an organization of DRMtoday authorizes license requests with. */
export interface DrmtodaySecrets {
  readonly merchant: string;
  /** Names the shared secret. */
  readonly sharedSecretId: string;
  /** 32 bytes or more. */
  readonly sharedSecret: Uint8Array;
  /** In whatever order. */
  readonly templates: readonly DrmtodayTemplate[];
  /** Who watches without signing in. */
  readonly anonymousUserId: string;
}

/**
 * A DRMtoday-like license server: a signed token with the customer rights in `x-dt-auth-token`, and who asks in
 * `x-dt-custom-data`. Widevine's licenses may come in JSON; FairPlay's message is a form and its answer base64.
 */
export function drmtodayAdapter(secrets: DrmtodaySecrets, { clock, random }: TokenSource): UpstreamAdapter {
  const signingKey = hmacKey(secrets.sharedSecret);

  return {
    systems: VENDOR_SYSTEMS,
    tellsTenant: false,
    async prepare(request) {
      const { grant } = request;
      const customData = customDataOf(grant, secrets);
      const rights = drmtodayRights(grant, secrets.templates, clock());
      const now = toEpochSeconds(clock());
      const token = await new SignJWT({ optData: customData, crt: JSON.stringify(rights) })
        .setProtectedHeader({ alg: 'HS256', kid: secrets.sharedSecretId, typ: 'JWT' })
        .setJti(createUuid(random))
        .setIssuedAt(now)
        .setExpirationTime(now + TOKEN_LIFETIME_SECONDS)
        .sign(await signingKey());
      return {
        headers: {
          'x-dt-auth-token': token,
          'x-dt-custom-data': toBase64(new TextEncoder().encode(customData)),
        },
        ...(grant.system === 'fairplay' && { message: toSpcForm(request) }),
      };
    },
    unwrap(answer, request) {
      switch (request.grant.system) {
        case 'fairplay':
          return toPlayersCkc(answer, request);
        case 'widevine':
          return unwrapJson(answer);
        default:
          return answer;
      }
    },
  };
}

function customDataOf({ accountId, sessionKey }: UpstreamGrant, secrets: DrmtodaySecrets): string {
  return JSON.stringify({
    merchant: secrets.merchant,
    userId: accountId ?? secrets.anonymousUserId,
    ...(sessionKey !== null && { sessionId: sessionKey }),
  });
}

const OPENING_BRACE = 0x7b;

/** A Widevine license is protobuf, which never begins with a brace. Throws for JSON without a license. */
function unwrapJson(answer: UpstreamAnswer): UpstreamAnswer {
  if (answer.body[0] !== OPENING_BRACE) return answer;

  const json: unknown = JSON.parse(new TextDecoder().decode(answer.body));
  const license = isUnknownRecord(json) ? json['license'] : undefined;
  if (typeof license !== 'string' || license === '') throw new TypeError('An answer without a license');

  return { body: fromBase64(license, 'license'), contentType: 'application/octet-stream' };
}
