import { toBase64, type SealedSystem } from '@secure-player/protocol';

import type { UpstreamGrant } from '../../license-upstream.js';
import type { UpstreamAdapter } from '../upstream-adapter.js';
import { doverunnerPolicy } from './doverunner-policy.js';
import { aesCbcKey, type ImportedKey } from './imported-key.js';
import { sealedSystemOf, VENDOR_SYSTEMS } from './sealed-system-of.js';
import { toPlayersCkc, toSpcForm } from './spc-form.js';
import { toUtcText, type TokenSource } from './token-source.js';

/** What a DoveRunner (once PallyCon) site makes its tokens with. */
export interface DoverunnerSecrets {
  readonly siteId: string;
  /** 32 characters of ASCII: an AES-256 key as text. */
  readonly siteKey: string;
  readonly accessKey: string;
  /** Who watches without signing in, as the service wants a user. */
  readonly anonymousUserId: string;
}

const DRM_TYPES: Readonly<Record<SealedSystem, string>> = {
  widevine: 'Widevine',
  playready: 'PlayReady',
  fairplay: 'FairPlay',
};

/**
 * A DoveRunner-like license server: a license token of version 2 in `pallycon-customdata-v2`. FairPlay's message goes as a
 * form and its answer comes in base64; the others are bytes.
 */
export function doverunnerAdapter(
  secrets: DoverunnerSecrets,
  { clock }: Pick<TokenSource, 'clock'>,
): UpstreamAdapter {
  const policyKey = aesCbcKey(encode(secrets.siteKey));

  return {
    systems: VENDOR_SYSTEMS,
    tellsTenant: false,
    async prepare(request) {
      const token = await doverunnerToken(request.grant, { ...secrets, policyKey, now: clock() });
      return {
        headers: { 'pallycon-customdata-v2': token },
        ...(request.grant.system === 'fairplay' && { message: toSpcForm(request) }),
      };
    },
    unwrap: (answer, request) =>
      request.grant.system === 'fairplay' ? toPlayersCkc(answer, request) : answer,
  };
}

interface TokenOptions extends Omit<DoverunnerSecrets, 'siteKey'> {
  readonly policyKey: ImportedKey;
  readonly now: number;
}

/** The license token for a grant: base64 of JSON with the policy encrypted and all of it hashed. */
async function doverunnerToken(
  grant: UpstreamGrant,
  { siteId, accessKey, anonymousUserId, policyKey, now }: TokenOptions,
): Promise<string> {
  const drmType = DRM_TYPES[sealedSystemOf(grant)];
  const userId = grant.accountId ?? anonymousUserId;
  const policy = await encrypt(JSON.stringify(doverunnerPolicy(grant, now)), policyKey);
  const timestamp = toUtcText(now);
  const hash = await sha256(accessKey + drmType + siteId + userId + grant.contentId + policy + timestamp);
  const token = {
    drm_type: drmType,
    site_id: siteId,
    user_id: userId,
    cid: grant.contentId,
    policy,
    response_format: 'original',
    timestamp,
    hash,
  };
  return toBase64(encode(JSON.stringify(token)));
}

/** The same for everybody, by the vendor's document. */
const INITIALIZATION_VECTOR = '0123456789abcdef';

async function encrypt(text: string, policyKey: ImportedKey): Promise<string> {
  const algorithm = { name: 'AES-CBC', iv: encode(INITIALIZATION_VECTOR) };
  return toBase64(new Uint8Array(await crypto.subtle.encrypt(algorithm, await policyKey(), encode(text))));
}

async function sha256(text: string): Promise<string> {
  return toBase64(new Uint8Array(await crypto.subtle.digest('SHA-256', encode(text))));
}

function encode(text: string): Uint8Array<ArrayBuffer> {
  return new TextEncoder().encode(text);
}
