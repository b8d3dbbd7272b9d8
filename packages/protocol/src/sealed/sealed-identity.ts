import { toHex } from '../bytes/hex.js';
import type { SecurityLevel } from '../policy/license-policy.js';
import { ProtocolError } from '../protocol-error.js';
import { issueCertificate, readCertificateOf, type CertificateRole } from './certificate.js';
import type { CertificateAuthority } from './certificate-authority.js';
import { exportPublicKey, generateAgreementKeys, generateSigningKeys } from './web-crypto.js';

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
  /** What a device claims to be. @default none */
  readonly securityLevel?: SecurityLevel | undefined;
}

/** Makes a device or a license server with fresh keys and a certificate from the authority. */
export async function createIdentity(options: CreateIdentityOptions): Promise<SealedIdentity> {
  const { authority, role, securityLevel } = options;
  const identity = await createUncertifiedIdentity();
  const certificate = await issueCertificate(authority, {
    role,
    securityLevel,
    verifyKey: identity.signing.publicKey,
    agreementKey: identity.agreement.publicKey,
  });
  return { ...identity, certificate };
}

/** Makes a device with fresh keys that is still to be provisioned; its certificate has no bytes. */
export async function createUncertifiedIdentity(): Promise<SealedIdentity> {
  const [signing, agreement] = await Promise.all([generateSigningKeys(), generateAgreementKeys()]);
  return { certificate: new Uint8Array(), signing, agreement };
}

/**
 * The same keys with a certificate that was issued for them as a device. Rejects with a `ProtocolError` when the root did
 * not sign it, it is no device's, or it is for other keys.
 */
export async function withCertificate(
  identity: SealedIdentity,
  certificate: Uint8Array,
  root: CryptoKey,
): Promise<SealedIdentity> {
  const { bytes, verifyKey, agreementKey } = await readCertificateOf('device', certificate, root);
  await checkSameKey(identity.signing.publicKey, verifyKey, 'certificate.verifyKey');
  await checkSameKey(identity.agreement.publicKey, agreementKey, 'certificate.agreementKey');
  return { ...identity, certificate: bytes };
}

async function checkSameKey(own: CryptoKey, certified: CryptoKey, field: string): Promise<void> {
  const [ownPoint, certifiedPoint] = await Promise.all([
    exportPublicKey(own, 'identity'),
    exportPublicKey(certified, field),
  ]);
  if (toHex(ownPoint) === toHex(certifiedPoint)) return;

  throw new ProtocolError('invalid-value', field, 'belongs to someone else');
}
