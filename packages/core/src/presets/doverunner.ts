import type { DrmConfiguration, LicenseRequest } from '../source/source.js';
import { withSpcForm, withToken, type VendorToken } from './vendor-request.js';

/** Options of {@link doverunner}. */
export interface DoverunnerOptions {
  /** Your site id, four characters. */
  readonly siteId: string;
  /**
   * Gives the license token, which your server has encrypted and signed. A token is for one key system (`drm_type`):
   * `request.keySystem` says for which. Let it ask for the response format `original`.
   */
  readonly token: VendorToken;
  /** The service's address; PallyCon's old one was `https://license-global.pallycon.com`. @default 'https://drm-license.doverunner.com' */
  readonly baseUrl?: string | undefined;
}

/**
 * The configuration for DoveRunner, once PallyCon: Widevine, PlayReady and FairPlay at one address.
 *
 * The token goes into `pallycon-customdata-v2`. FairPlay's message is a form and its answer base64; the others are the key
 * system's own bytes. Written after DoveRunner's public HTML5 player samples, which have addresses and forms.
 */
export function doverunner({
  siteId,
  token,
  baseUrl = 'https://drm-license.doverunner.com',
}: DoverunnerOptions): DrmConfiguration {
  const licenseUrl = `${baseUrl}/ri/licenseManager.do`;
  const prepareRequest = (request: LicenseRequest) => withToken(request, 'pallycon-customdata-v2', token);

  return {
    'com.widevine.alpha': { licenseUrl, prepareRequest },
    'com.microsoft.playready.recommendation': { licenseUrl, prepareRequest },
    'com.apple.fps': {
      licenseUrl,
      serverCertificateUrl: `${baseUrl}/ri/fpsCert.do?siteId=${encodeURIComponent(siteId)}`,
      prepareRequest: async (request) => prepareRequest(withSpcForm(request)),
    },
  };
}
