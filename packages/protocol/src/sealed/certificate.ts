import { toHex } from '../bytes/hex.js';
import { SECURITY_LEVELS, type SecurityLevel } from '../policy/license-policy.js';
import { ProtobufMessage, ProtobufWriter } from '../protobuf/protobuf-message.js';
import { ProtocolError } from '../protocol-error.js';
import type { CertificateAuthority } from './certificate-authority.js';
import { signedContext } from './signed-context.js';
import {
  checkSignature,
  exportPublicKey,
  importAgreementKey,
  importVerifyKey,
  PUBLIC_KEY_BYTES,
  randomBytes,
  sign,
} from './web-crypto.js';

/** Whether a certificate is a device's or a license server's. */
export type CertificateRole = 'device' | 'service';

/** A certificate that the root has signed. */
export interface Certificate {
  readonly role: CertificateRole;
  /** 32 hexadecimal digits, drawn at random when it was issued. */
  readonly serial: string;
  /** What the device claims to be; a service has none. */
  readonly securityLevel: SecurityLevel | undefined;
  /** ECDSA P-256: verifies what the holder signs. */
  readonly verifyKey: CryptoKey;
  /** ECDH P-256: seals what only the holder opens. */
  readonly agreementKey: CryptoKey;
  /** The certificate as it travels. */
  readonly bytes: Uint8Array<ArrayBuffer>;
}

/** What a certificate is issued for. */
export interface CertificateSubject {
  readonly role: CertificateRole;
  readonly securityLevel: SecurityLevel | undefined;
  readonly verifyKey: CryptoKey;
  readonly agreementKey: CryptoKey;
}

/** Field numbers: the certificate, and its body. */
const BODY = 1;
const SIGNATURE = 2;
const ROLE = 1;
const SERIAL = 2;
const SECURITY_LEVEL = 3;
const VERIFY_KEY = 4;
const AGREEMENT_KEY = 5;

const ROLES: readonly CertificateRole[] = ['device', 'service'];
const SERIAL_BYTES = 16;
const MAX_CERTIFICATE_BYTES = 4096;
const PURPOSE = 'certificate';

/**
 * Reads a certificate and verifies that the root signed it. Rejects with a `ProtocolError`; its field is
 * `certificate.signature` when the root did not.
 */
export async function readCertificate(bytes: Uint8Array, root: CryptoKey): Promise<Certificate> {
  if (bytes.length > MAX_CERTIFICATE_BYTES) {
    throw new ProtocolError('oversized', 'certificate', `is over ${MAX_CERTIFICATE_BYTES} bytes`);
  }
  const certificate = ProtobufMessage.read(bytes, 'certificate');
  const body = certificate.bytes(BODY, 'body');
  const signature = certificate.bytes(SIGNATURE, 'signature');
  await checkSignature(root, signature, signedContext(PURPOSE, body), 'certificate.signature');

  const fields = ProtobufMessage.read(body, 'certificate');
  const verifyKey = fields.bytes(VERIFY_KEY, 'verifyKey', PUBLIC_KEY_BYTES);
  const agreementKey = fields.bytes(AGREEMENT_KEY, 'agreementKey', PUBLIC_KEY_BYTES);
  return {
    role: fields.word(ROLE, 'role', ROLES),
    serial: toHex(fields.bytes(SERIAL, 'serial', SERIAL_BYTES)),
    securityLevel: fields.optionalWord(SECURITY_LEVEL, 'securityLevel', SECURITY_LEVELS),
    verifyKey: await importVerifyKey(verifyKey, 'certificate.verifyKey'),
    agreementKey: await importAgreementKey(agreementKey, 'certificate.agreementKey'),
    bytes: Uint8Array.from(bytes),
  };
}

/** The serial's 16 bytes, of a certificate that nobody has verified. */
export function peekSerial(bytes: Uint8Array): Uint8Array<ArrayBuffer> {
  const body = ProtobufMessage.read(bytes, 'certificate').bytes(BODY, 'body');
  return ProtobufMessage.read(body, 'certificate').bytes(SERIAL, 'serial', SERIAL_BYTES);
}

/** Reads a certificate that must be of this role, else its `certificate.role` is `invalid-value`. */
export async function readCertificateOf(
  role: CertificateRole,
  bytes: Uint8Array,
  root: CryptoKey,
): Promise<Certificate> {
  const certificate = await readCertificate(bytes, root);
  checkRole(certificate, role, 'certificate');
  return certificate;
}

/** `field` names the certificate in the error. */
export function checkRole(certificate: Certificate, role: CertificateRole, field: string): void {
  if (certificate.role === role) return;

  throw new ProtocolError('invalid-value', `${field}.role`, `must be ${role}`);
}

/** Signs a certificate for someone else's public keys. */
export async function issueCertificate(
  authority: CertificateAuthority,
  subject: CertificateSubject,
): Promise<Uint8Array<ArrayBuffer>> {
  const { role, securityLevel, verifyKey, agreementKey } = subject;
  const body = new ProtobufWriter()
    .word(ROLE, role, ROLES, 'certificate.role')
    .bytes(SERIAL, randomBytes(SERIAL_BYTES))
    .word(SECURITY_LEVEL, securityLevel, SECURITY_LEVELS, 'certificate.securityLevel')
    .bytes(VERIFY_KEY, await exportPublicKey(verifyKey, 'certificate.verifyKey'))
    .bytes(AGREEMENT_KEY, await exportPublicKey(agreementKey, 'certificate.agreementKey'))
    .toBytes();
  const content = signedContext(PURPOSE, body);
  const signature = await sign(authority.privateKey, content, 'authority.privateKey');
  return new ProtobufWriter().bytes(BODY, body).bytes(SIGNATURE, signature).toBytes();
}
