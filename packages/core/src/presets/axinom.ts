import type { DrmConfiguration, LicenseRequest } from '../source/source.js';
import { withToken, type VendorToken } from './vendor-request.js';

/** Options of {@link axinom}. */
export interface AxinomOptions {
  /** The first part of your license services' host names, such as `e40ff278`. */
  readonly tenant: string;
  /** Gives the license service message: a JWT that your server has signed, never the page. */
  readonly token: VendorToken;
  /** Where your FairPlay certificate is. Without it there is no FairPlay. */
  readonly fairPlayCertificateUrl?: string | undefined;
  /** @default 'production' */
  readonly environment?: 'production' | 'test' | undefined;
}

/**
 * The configuration for Axinom DRM: Widevine, PlayReady, and FairPlay with a certificate.
 *
 * The message goes into `X-AxDRM-Message`; requests and answers are the key system's own bytes. Written after Axinom's public
 * test vectors (github.com/Axinom/public-test-vectors) and FairPlay sample (github.com/Axinom/drm-fairplay-integration-sample).
 */
export function axinom({
  tenant,
  token,
  fairPlayCertificateUrl,
  environment = 'production',
}: AxinomOptions): DrmConfiguration {
  const domain = environment === 'production' ? 'axprod.net' : 'axtest.net';
  const of = (system: string) => ({
    licenseUrl: `https://${tenant}.drm-${system}-licensing.${domain}/AcquireLicense`,
    prepareRequest: (request: LicenseRequest) => withToken(request, 'X-AxDRM-Message', token),
  });

  return {
    'com.widevine.alpha': of('widevine'),
    'com.microsoft.playready.recommendation': of('playready'),
    ...(fairPlayCertificateUrl !== undefined && {
      'com.apple.fps': { ...of('fairplay'), serverCertificateUrl: fairPlayCertificateUrl },
    }),
  };
}
