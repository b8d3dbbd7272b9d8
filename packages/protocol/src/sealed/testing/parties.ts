import { readCertificate, type Certificate } from '../certificate.js';
import type { CertificateAuthority } from '../certificate-authority.js';
import { createIdentity, type SealedIdentity } from '../sealed-identity.js';
import type { SealedLicense, SealedRequest } from '../sealed-message.js';
import { testRoot } from '../test-root.js';

export const KEY_ID = '2f05477fc24bb4faefd86517156daffc';
export const OTHER_KEY_ID = 'd0376d53da1df818792f7c5bbf45dffc';
export const KEY = Uint8Array.from({ length: 16 }, (_, index) => 0xa0 + index);
export const OTHER_KEY = Uint8Array.from({ length: 16 }, (_, index) => 0x10 + index);

export const REQUEST: SealedRequest = {
  type: 'license-request',
  sessionId: '1284963E01000000',
  sessionType: 'persistent-license',
  keyIds: [KEY_ID, OTHER_KEY_ID],
  nonce: Uint8Array.from({ length: 16 }, (_, index) => index),
  requestTime: 1_793_880_000_123,
  contentId: 'skd://a-film',
};

export const LICENSE: SealedLicense = {
  licenseId: 'license-1',
  issuedAt: 1_793_880_000_456,
  keys: [
    { keyId: KEY_ID, key: KEY, policy: { minHdcp: '2.2', minSecurityLevel: 'hardware', use: 'root' } },
    { keyId: OTHER_KEY_ID, key: OTHER_KEY, policy: {} },
  ],
  policy: {
    notBefore: 0,
    notAfter: 1_793_980_000_000,
    licenseDurationSeconds: 86_400,
    rentalDurationSeconds: 0,
    playbackDurationSeconds: 0.25,
    renewal: { delaySeconds: 60, retrySeconds: 0, graceSeconds: 5 },
    canPersist: false,
  },
};

/** Everyone who takes part in an exchange. */
export interface Parties {
  readonly authority: CertificateAuthority;
  readonly root: CryptoKey;
  readonly device: SealedIdentity;
  readonly deviceCertificate: Certificate;
  readonly service: SealedIdentity;
  readonly serviceCertificate: Certificate;
}

/** A device and a license server that trust the test root. */
export async function createParties(): Promise<Parties> {
  const authority = await testRoot();
  const root = authority.publicKey;
  const [device, service] = await Promise.all([
    createIdentity({ authority, role: 'device', securityLevel: 'hardware' }),
    createIdentity({ authority, role: 'service' }),
  ]);
  return {
    authority,
    root,
    device,
    deviceCertificate: await readCertificate(device.certificate, root),
    service,
    serviceCertificate: await readCertificate(service.certificate, root),
  };
}

/** The bytes with one bit changed. */
export function flipBit(bytes: Uint8Array, index: number): Uint8Array<ArrayBuffer> {
  const changed = Uint8Array.from(bytes);
  changed[index] = (changed[index] ?? 0) ^ 1;
  return changed;
}

/** An authority that nobody here trusts. */
export async function createStranger(): Promise<CertificateAuthority> {
  return crypto.subtle.generateKey({ name: 'ECDSA', namedCurve: 'P-256' }, false, ['sign', 'verify']);
}
