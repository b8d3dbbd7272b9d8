import type {
  KeySystemDocument,
  PlaybackSessionReference,
  SourceDocument,
  StreamFormat,
} from '@secure-player/protocol';

/** Which key systems a stream of this format can be played under, and how each gets its license. */
export type KeySystemOffer = (
  format: StreamFormat,
  session: PlaybackSessionReference | undefined,
) => NonNullable<SourceDocument['drm']>;

/** Options of {@link createKeySystemOffer}. */
export interface KeySystemOfferOptions {
  /** Whether the key systems of the virtual CDM are offered beside Clear Key. */
  readonly virtualKeySystems: boolean;
  /** Differs for each certificate that the server ever had, so that no cache gives out an earlier one. */
  readonly certificateVersion: string;
}

/**
 * Makes the `drm` member of source documents. Clear Key comes first, so that a page without a virtual CDM asks for
 * nothing else: to ask for Widevine may load a module, and crashes a Firefox that has none.
 */
export function createKeySystemOffer(options: KeySystemOfferOptions): KeySystemOffer {
  const { virtualKeySystems, certificateVersion } = options;
  const serverCertificateUrl = (system: string): string =>
    `/certificate/${system}?v=${encodeURIComponent(certificateVersion)}`;

  return (format, session) => ({
    'org.w3.clearkey': at('clearkey', session),
    ...(virtualKeySystems && {
      'com.widevine.alpha': {
        ...at('widevine', session),
        serverCertificateUrl: serverCertificateUrl('widevine'),
      },
      'com.microsoft.playready': at('playready', session),
      ...(isCbcs(format) && {
        'com.apple.fps': {
          ...at('fairplay', session),
          serverCertificateUrl: serverCertificateUrl('fairplay'),
        },
      }),
    }),
  });
}

/** FairPlay decrypts nothing else. */
function isCbcs(format: StreamFormat): boolean {
  return format !== 'dash';
}

function at(system: string, session: PlaybackSessionReference | undefined): KeySystemDocument {
  const licenseUrl = `/license/${system}`;
  return {
    licenseUrl:
      session === undefined ? licenseUrl : `${licenseUrl}?session=${encodeURIComponent(session.id)}`,
  };
}
