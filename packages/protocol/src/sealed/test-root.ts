import type { CertificateAuthority } from './certificate-authority.js';
import { importSigningJwk } from './web-crypto.js';

/**
 * The private key of the test root, drawn once for this file. It is public on purpose: any test can make devices and
 * license servers that trust each other, and so can anyone else. It protects nothing.
 */
const TEST_ROOT_JWK: JsonWebKey = {
  kty: 'EC',
  crv: 'P-256',
  x: 'mMAaW67QE12L3heyf4jNXGde2sa9WxV-IzngeRZvAPo',
  y: 'OLCscO3nM67R8MaHI5NiuGl9TYojrMfha3Y3cI-NJPo',
  d: '6lThDA5f8kiZ4xbp5mcx86vgVdVZf1nJYJxBEtyJvbU',
};

/**
 * The root that virtual devices and this project's license servers trust unless they are told otherwise. Its private
 * key is in the source for everyone to read; see there. Rejects with a `ProtocolError` where Web Crypto is missing.
 */
export async function testRoot(): Promise<CertificateAuthority> {
  const { d: _, ...publicJwk } = TEST_ROOT_JWK;
  const [publicKey, privateKey] = await Promise.all([
    importSigningJwk(publicJwk, 'verify'),
    importSigningJwk(TEST_ROOT_JWK, 'sign'),
  ]);
  return { publicKey, privateKey };
}
