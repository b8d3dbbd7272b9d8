import type { KeySystemDocument, SourceDocument, StreamFormat } from '@secure-player/protocol';

import { SYSTEM_NAMES, type SystemName } from './system-name.js';

/** What a license URL names, so that the CDM's messages need no token. */
export interface LicenseReference {
  /** The name it goes by in the URL. */
  readonly parameter: 'session' | 'offline';
  /** The secret id of a playback session, or of an offline license. */
  readonly id: string;
}

/** Which key systems a stream of this format can be played under, and how each gets its license. `names` are the title's, all by default. */
export type KeySystemOffer = (
  format: StreamFormat,
  reference: LicenseReference | undefined,
  names?: readonly SystemName[],
) => NonNullable<SourceDocument['drm']>;

/** Options of {@link createKeySystemOffer}. */
export interface KeySystemOfferOptions {
  /** The key systems that there are licenses for. */
  readonly systems: readonly SystemName[];
  /** Those of them that have a server certificate. */
  readonly certified: readonly SystemName[];
  /** Differs for each certificate that the server itself ever had, so that no cache gives out an earlier one. */
  readonly certificateVersion: string;
}

/**
 * Makes the `drm` member of source documents. Clear Key comes first, so that a page without a virtual CDM asks for
 * nothing else: to ask for Widevine may load a module, and crashes a Firefox that has none.
 */
export function createKeySystemOffer(options: KeySystemOfferOptions): KeySystemOffer {
  const { systems, certified, certificateVersion } = options;
  const certificate = (system: SystemName) =>
    certified.includes(system) && {
      serverCertificateUrl: `/certificate/${system}?v=${encodeURIComponent(certificateVersion)}`,
    };

  return (format, reference, names = SYSTEM_NAMES) => {
    const has = (name: SystemName): boolean => names.includes(name) && systems.includes(name);
    return {
      ...(has('clearkey') && { 'org.w3.clearkey': at('clearkey', reference) }),
      ...(has('widevine') && {
        'com.widevine.alpha': { ...at('widevine', reference), ...certificate('widevine') },
      }),
      ...(has('playready') && { 'com.microsoft.playready': at('playready', reference) }),
      ...(has('fairplay') &&
        isCbcs(format) && {
          'com.apple.fps': { ...at('fairplay', reference), ...certificate('fairplay') },
        }),
    };
  };
}

/** FairPlay decrypts nothing else. */
function isCbcs(format: StreamFormat): boolean {
  return format !== 'dash';
}

function at(system: SystemName, reference: LicenseReference | undefined): KeySystemDocument {
  const licenseUrl = `/license/${system}`;
  if (reference === undefined) return { licenseUrl };
  return { licenseUrl: `${licenseUrl}?${reference.parameter}=${encodeURIComponent(reference.id)}` };
}
