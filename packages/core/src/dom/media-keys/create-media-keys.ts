import type { Authorizer } from '../../authorize/authorizer.js';
import type { Clock } from '../../clock/clock.js';
import { PlaybackError } from '../../error/playback-error.js';
import type { ResolvedKeySystem } from '../../source/resolve-key-systems.js';
import { callEme } from './call-eme.js';
import { fetchCertificate, forgetCertificate } from './fetch-certificate.js';
import type { GrantedAccess } from './request-access.js';

/** What a server certificate is fetched with. */
export interface CreateMediaKeysOptions {
  readonly authorizer: Authorizer;
  /** @default the global `fetch` */
  readonly fetch?: typeof fetch | undefined;
  readonly clock: Clock;
}

/**
 * Makes MediaKeys of a granted access, with the server certificate that the page has named.
 *
 * @throws PlaybackError
 */
export async function createMediaKeys(
  { keySystem, access }: GrantedAccess,
  options: CreateMediaKeysOptions,
): Promise<MediaKeys> {
  const [mediaKeys, certificate] = await Promise.all([
    callEme('createMediaKeys', () => access.createMediaKeys(), options.clock),
    certificateOf(keySystem, options),
  ]);
  if (!certificate) return mediaKeys;

  try {
    // Modules that know no certificates say so by `false`.
    await callEme('setServerCertificate', () => mediaKeys.setServerCertificate(certificate), options.clock);
    return mediaKeys;
  } catch (error) {
    const url = keySystem.configuration.serverCertificateUrl;
    if (url !== undefined) forgetCertificate(url);
    throw error;
  }
}

async function certificateOf(
  { name, configuration }: ResolvedKeySystem,
  options: CreateMediaKeysOptions,
): Promise<BufferSource | null> {
  const { serverCertificate, serverCertificateUrl: url } = configuration;
  if (serverCertificate) return serverCertificate;
  if (url !== undefined) return fetchCertificate({ ...options, url, keySystem: name });
  if (!name.startsWith('com.apple.fps')) return null;

  throw new PlaybackError('certificate-failed', {
    message:
      'FairPlay makes no license request without a server certificate: set `serverCertificateUrl` or `serverCertificate`.',
  });
}
