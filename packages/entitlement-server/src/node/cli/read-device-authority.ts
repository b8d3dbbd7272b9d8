import { createPrivateKey, createPublicKey } from 'node:crypto';

import type { CertificateAuthority } from '@secure-player/protocol';

import { ConfigurationFault } from './configuration-fault.js';
import type { SecretReference, Secrets } from './secret-reference.js';

const ECDSA = { name: 'ECDSA', namedCurve: 'P-256' };
const DER = { format: 'der' } as const;
const FIELD = 'deviceAuthority';
const NOT_A_KEY =
  'must be a private key of P-256 in PEM, without a passphrase; ' +
  'make one with openssl genpkey -algorithm EC -pkeyopt ec_paramgen_curve:P-256';

/**
 * Reads who certifies devices: one private key, from which the public one follows. Gives what makes the authority once all
 * secrets are known to be there; that rejects with a `ConfigurationFault` when the secret is no such key.
 */
export async function readDeviceAuthority(
  reference: SecretReference | undefined,
  secrets: Secrets,
): Promise<() => Promise<CertificateAuthority | undefined>> {
  if (reference === undefined) return async () => undefined;

  const pem = await secrets.text(reference, FIELD);
  return async () => toAuthority(pem);
}

async function toAuthority(pem: string): Promise<CertificateAuthority> {
  try {
    const key = createPrivateKey(pem);
    const { subtle } = crypto;
    const [publicKey, privateKey] = await Promise.all([
      subtle.importKey('spki', createPublicKey(key).export({ type: 'spki', ...DER }), ECDSA, true, [
        'verify',
      ]),
      subtle.importKey('pkcs8', key.export({ type: 'pkcs8', ...DER }), ECDSA, false, ['sign']),
    ]);
    return { publicKey, privateKey };
  } catch {
    // Without the cause, which may quote what it could not read.
    throw new ConfigurationFault([{ field: FIELD, message: NOT_A_KEY }]);
  }
}
