/** Why a manifest cannot be downloaded. */
export type ManifestFault = 'malformed' | 'live' | 'unsupported';

/** A manifest that cannot be downloaded; the message says where, and what would help. It names no URL. */
export class ManifestError extends Error {
  override readonly name = 'ManifestError';

  readonly fault: ManifestFault;

  constructor(fault: ManifestFault, message: string) {
    super(message);
    this.fault = fault;
  }
}
