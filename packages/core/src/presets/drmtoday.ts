import { fromBase64, toBase64 } from '@secure-player/protocol';

import { PlaybackError } from '../error/playback-error.js';
import type { DrmConfiguration, LicenseRequest, LicenseResponse } from '../source/source.js';
import { askPage, withHeader, withSpcForm, withToken, type VendorToken } from './vendor-request.js';

/** Who plays, as DRMtoday tells your authorization callback. */
export interface DrmtodaySession {
  readonly userId: string;
  readonly sessionId: string;
}

/** Options of {@link drmtoday}. */
export interface DrmtodayOptions {
  /** Your merchant id. */
  readonly merchant: string;
  /** Who plays. With callback authorization the session id is the credential, so it is asked for at each attempt. */
  readonly session: (request: LicenseRequest) => DrmtodaySession | Promise<DrmtodaySession>;
  /** Gives the upfront authorization token, a JWT that your server has signed. Leave it out for callback authorization. */
  readonly token?: VendorToken | undefined;
  /** What FairPlay's form says the title is. */
  readonly assetId?: string | undefined;
  readonly variantId?: string | undefined;
  /** @default 'production' */
  readonly environment?: 'production' | 'staging' | undefined;
}

const HOSTS = { production: 'lic.drmtoday.com', staging: 'lic.staging.drmtoday.com' } as const;

/**
 * The configuration for castLabs DRMtoday: Widevine, PlayReady and FairPlay.
 *
 * `x-dt-custom-data` is base64 of `{ userId, sessionId, merchant }`, `x-dt-auth-token` the token of upfront authorization.
 * Widevine's licenses come as bytes by `specConform=true`, and else in JSON, which is unwrapped as well; FairPlay's message is
 * a form and its answer base64. Written after castLabs' public player samples, such as prestoplay and castlabs/hls.js.
 */
export function drmtoday(options: DrmtodayOptions): DrmConfiguration {
  const { merchant, assetId, variantId, environment = 'production' } = options;
  const base = `https://${HOSTS[environment]}`;
  const authorize = (request: LicenseRequest) => withSession(request, options);

  return {
    'com.widevine.alpha': {
      licenseUrl: `${base}/license-proxy-widevine/cenc/?specConform=true`,
      prepareRequest: authorize,
      parseResponse: unwrapJson,
    },
    'com.microsoft.playready.recommendation': {
      licenseUrl: `${base}/license-proxy-headerauth/drmtoday/RightsManager.asmx`,
      prepareRequest: authorize,
    },
    'com.apple.fps': {
      licenseUrl: `${base}/license-server-fairplay/`,
      serverCertificateUrl: `${base}/license-server-fairplay/cert/${encodeURIComponent(merchant)}`,
      prepareRequest: async (request) => authorize(withSpcForm(request, { assetId, variantId })),
    },
  };
}

async function withSession(
  request: LicenseRequest,
  { merchant, session, token }: DrmtodayOptions,
): Promise<LicenseRequest> {
  const { userId, sessionId } = await askPage(session, request);
  const customData = new TextEncoder().encode(JSON.stringify({ userId, sessionId, merchant }));
  const named = withHeader(request, 'x-dt-custom-data', toBase64(customData));

  return token ? withToken(named, 'x-dt-auth-token', token) : named;
}

/** A Widevine license is protobuf, which never begins with a brace. */
function unwrapJson({ body, status }: LicenseResponse): Uint8Array<ArrayBuffer> {
  if (body[0] !== 0x7b) return Uint8Array.from(body);

  const answer: unknown = JSON.parse(new TextDecoder().decode(body));
  const license = (answer as { license?: unknown }).license;
  if (typeof license !== 'string') throw new PlaybackError('license-refused', { httpStatus: status });

  return fromBase64(license, 'license');
}
