/** Why a manifest cannot be downloaded. */
export type ManifestFault = 'malformed' | 'live' | 'unsupported';

/** A manifest that cannot be downloaded; the message says where, and what would help. It names no URL. */
export class ManifestError extends Error {
  override readonly name = 'ManifestError';

  constructor(
    readonly fault: ManifestFault,
    message: string,
  ) {
    super(message);
  }
}
