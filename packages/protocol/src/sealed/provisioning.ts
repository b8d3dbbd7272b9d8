import type { SecurityLevel } from '../policy/license-policy.js';
import type { CertificateAuthority } from './certificate-authority.js';
import type { SealedIdentity } from './sealed-identity.js';
import type { SealedMessage } from './sealed-message.js';

/** What {@link sealProvisioningRequest} needs. */
export interface SealProvisioningRequestOptions {
  /** 16 random bytes. */
  readonly nonce: Uint8Array<ArrayBuffer>;
  /** What the device claims to be. */
  readonly securityLevel: SecurityLevel;
}

/** What {@link answerProvisioningRequest} needs. */
export interface AnswerProvisioningRequestOptions {
  readonly authority: CertificateAuthority;
}

export async function sealProvisioningRequest(
  identity: SealedIdentity,
  options: SealProvisioningRequestOptions,
): Promise<SealedMessage> {
  throw new Error(`not written yet: ${identity.certificate.length} ${options.securityLevel}`);
}

export async function answerProvisioningRequest(
  message: SealedMessage,
  options: AnswerProvisioningRequestOptions,
): Promise<SealedMessage> {
  throw new Error(`not written yet: ${message.type} ${options.authority.publicKey.type}`);
}
