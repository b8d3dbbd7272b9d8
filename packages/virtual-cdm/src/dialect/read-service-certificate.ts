import { readCertificate, type Certificate } from '@secure-player/protocol';

/** Reads what a page or an answer gives as a license server's certificate. Rejects with a TypeError for any other. */
export async function readServiceCertificate(bytes: Uint8Array, root: CryptoKey): Promise<Certificate> {
  const certificate = await readCertificate(bytes, root).catch((cause: unknown) => {
    throw new TypeError('The server certificate is not valid.', { cause });
  });
  if (certificate.role !== 'service') throw new TypeError('The certificate is not a server’s.');

  return certificate;
}
