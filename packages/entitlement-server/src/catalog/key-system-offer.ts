import type {
  KeySystemDocument,
  PlaybackSessionReference,
  SourceDocument,
  StreamFormat,
} from '@secure-player/protocol';

import { SYSTEM_NAMES, type SystemName } from './system-name.js';

/** Which key systems a stream of this format can be played under, and how each gets its license. `names` are the title's, all by default. */
export type KeySystemOffer = (
  format: StreamFormat,
  session: PlaybackSessionReference | undefined,
  names?: readonly SystemName[],
) => NonNullable<SourceDocument['drm']>;

/** Options of {@link createKeySystemOffer}. */
export interface KeySystemOfferOptions {
  /** The key systems that there are licenses for. */
  readonly systems: readonly SystemName[];
  /** Those of them that have a server certificate. */
  readonly certified: readonly SystemName[];
  /** Differs for each certificate that the server ever had, so that no cache gives out an earlier one. */
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

  return (format, session, names = SYSTEM_NAMES) => {
    const has = (name: SystemName): boolean => names.includes(name) && systems.includes(name);
    return {
      ...(has('clearkey') && { 'org.w3.clearkey': at('clearkey', session) }),
      ...(has('widevine') && {
        'com.widevine.alpha': { ...at('widevine', session), ...certificate('widevine') },
      }),
      ...(has('playready') && { 'com.microsoft.playready': at('playready', session) }),
      ...(has('fairplay') &&
        isCbcs(format) && {
          'com.apple.fps': { ...at('fairplay', session), ...certificate('fairplay') },
        }),
    };
  };
}

/** FairPlay decrypts nothing else. */
function isCbcs(format: StreamFormat): boolean {
  return format !== 'dash';
}

function at(system: SystemName, session: PlaybackSessionReference | undefined): KeySystemDocument {
  const licenseUrl = `/license/${system}`;
  return {
    licenseUrl:
      session === undefined ? licenseUrl : `${licenseUrl}?session=${encodeURIComponent(session.id)}`,
  };
}
