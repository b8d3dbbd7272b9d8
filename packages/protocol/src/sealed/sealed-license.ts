import type { Certificate } from './certificate.js';
import type { SealedIdentity } from './sealed-identity.js';
import type { SealedLicense, SealedMessage, SealedRequest } from './sealed-message.js';

/** What a server needs for an answer: the request, as it was opened, and itself. */
export interface SealAnswerOptions {
  readonly request: SealedRequest;
  readonly device: Certificate;
  readonly service: SealedIdentity;
}

/** What {@link openLicense} needs. */
export interface OpenLicenseOptions {
  /** The request that the license must answer. */
  readonly request: SealedRequest;
  readonly device: SealedIdentity;
  /** The root's public key. */
  readonly root: CryptoKey;
}

export async function sealLicense(
  license: SealedLicense,
  options: SealAnswerOptions,
): Promise<SealedMessage> {
  throw new Error(`not written yet: ${license.licenseId} ${options.request.type}`);
}

export async function openLicense(
  message: SealedMessage,
  options: OpenLicenseOptions,
): Promise<SealedLicense> {
  throw new Error(`not written yet: ${message.type} ${options.root.type}`);
}
