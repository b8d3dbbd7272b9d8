import type { CertificateAuthority } from './certificate-authority.js';

export async function testRoot(): Promise<CertificateAuthority> {
  throw new Error('not written yet');
}
