import type { SecurityLevel } from '../policy/license-policy.js';

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

export async function readCertificate(bytes: Uint8Array, root: CryptoKey): Promise<Certificate> {
  throw new Error(`not written yet: ${bytes.length} ${root.type}`);
}
