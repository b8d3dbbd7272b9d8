/** Who signs certificates. Both keys are ECDSA P-256; devices and servers need the public one alone. */
export interface CertificateAuthority {
  readonly publicKey: CryptoKey;
  readonly privateKey: CryptoKey;
}
