import type { SecurityLevel } from '../policy/license-policy.js';
import type { CertificateRole } from './certificate.js';
import type { CertificateAuthority } from './certificate-authority.js';

/**
 * A device or a license server: its certificate and the key pairs that the certificate names. The private keys are not
 * extractable, and all of it can be cloned, so that IndexedDB keeps it without anyone seeing the keys.
 */
export interface SealedIdentity {
  /** Empty until a device that is provisioned online has got one. */
  readonly certificate: Uint8Array<ArrayBuffer>;
  /** ECDSA P-256. */
  readonly signing: CryptoKeyPair;
  /** ECDH P-256. */
  readonly agreement: CryptoKeyPair;
}

/** What {@link createIdentity} needs. */
export interface CreateIdentityOptions {
  readonly authority: CertificateAuthority;
  readonly role: CertificateRole;
  /** @default none */
  readonly securityLevel?: SecurityLevel | undefined;
}

export async function createIdentity(options: CreateIdentityOptions): Promise<SealedIdentity> {
  throw new Error(`not written yet: ${options.role}`);
}

export async function createUncertifiedIdentity(): Promise<SealedIdentity> {
  throw new Error('not written yet');
}

export async function withCertificate(
  identity: SealedIdentity,
  certificate: Uint8Array,
  root: CryptoKey,
): Promise<SealedIdentity> {
  throw new Error(`not written yet: ${identity.certificate.length} ${certificate.length} ${root.type}`);
}
