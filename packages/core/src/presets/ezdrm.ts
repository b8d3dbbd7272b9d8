import type { DrmConfiguration, LicenseRequest } from '../source/source.js';
import { askPage, withHeader } from './vendor-request.js';

/** Options of {@link ezdrm}: the key systems that you have, and no others. */
export interface EzdrmOptions {
  /** The profile id (`pX`) of your Widevine account. */
  readonly widevineProfile?: string | undefined;
  /** The profile id (`pX`) of your PlayReady account. */
  readonly playReadyProfile?: string | undefined;
  readonly fairPlay?:
    | {
        /** The asset id of the title, the part behind `;` in `skd://fps.ezdrm.com/;…`. */
        readonly assetId: string;
        /** Where your FairPlay certificate is. */
        readonly certificateUrl: string;
      }
    | undefined;
  /**
   * Gives what your authorization URL wants to know, such as a token: EZDRM hands the query of a license request on to it.
   * Asked at each attempt.
   */
  readonly customData?:
    | ((request: LicenseRequest) => Record<string, string> | Promise<Record<string, string>>)
    | undefined;
}

/**
 * The configuration for EZDRM.
 *
 * Profile and custom data are in the query; requests and answers are the key system's own bytes, FairPlay's included. Written
 * after EZDRM's form in Shaka Player (`shaka.drm.FairPlay.ezdrmInitDataTransform`, `ezdrmFairPlayRequest`) and the addresses in
 * public player samples.
 */
export function ezdrm({
  widevineProfile,
  playReadyProfile,
  fairPlay,
  customData,
}: EzdrmOptions): DrmConfiguration {
  const prepareRequest = async (request: LicenseRequest) =>
    customData ? withQuery(request, await askPage(customData, request)) : request;

  return {
    ...(widevineProfile !== undefined && {
      'com.widevine.alpha': {
        licenseUrl: withProfile(
          'https://widevine-dash.ezdrm.com/widevine-php/widevine-foreignkey.php',
          widevineProfile,
        ),
        prepareRequest,
      },
    }),
    ...(playReadyProfile !== undefined && {
      'com.microsoft.playready.recommendation': {
        licenseUrl: withProfile('https://playready.ezdrm.com/cency/preauth.aspx', playReadyProfile),
        prepareRequest,
      },
    }),
    ...(fairPlay && {
      'com.apple.fps': {
        licenseUrl: `https://fps.ezdrm.com/api/licenses/${encodeURIComponent(fairPlay.assetId)}`,
        serverCertificateUrl: fairPlay.certificateUrl,
        getContentId: readAssetId,
        prepareRequest: async (request: LicenseRequest) =>
          prepareRequest(withHeader(request, 'content-type', 'application/octet-stream')),
      },
    }),
  };
}

function withProfile(url: string, profile: string): string {
  return `${url}?pX=${encodeURIComponent(profile)}`;
}

/** `skd://fps.ezdrm.com/;asset` names the asset last. A URI of another form is left as it is. */
function readAssetId(initData: Uint8Array): string {
  const uri = new TextDecoder().decode(initData);
  return (
    uri
      .replace(/^skd:\/\//, '')
      .split(';')
      .at(-1) ?? ''
  );
}

function withQuery(request: LicenseRequest, fields: Readonly<Record<string, string>>): LicenseRequest {
  const url = new URL(request.url);
  for (const [name, value] of Object.entries(fields)) url.searchParams.set(name, value);

  return { ...request, url: url.href };
}
