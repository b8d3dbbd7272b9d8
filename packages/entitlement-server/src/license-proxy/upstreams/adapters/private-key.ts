import { fromBase64, toHex } from '@secure-player/protocol';

/** What signs with a private key. */
export type PrivateKeyAlgorithm = 'ES256' | 'RS256';

/** What a private key has to be and how one is made, to end a sentence. */
const DEMANDS: Readonly<Record<PrivateKeyAlgorithm, string>> = {
  ES256:
    'must be a private key of P-256 as PKCS #8 in PEM, with line breaks and no \\n; ' +
    'make one with openssl genpkey -algorithm EC -pkeyopt ec_paramgen_curve:P-256',
  RS256:
    'must be a private key of RSA with 2048 bits or more as PKCS #8 in PEM, with line breaks and no \\n; ' +
    'make one with openssl genpkey -algorithm RSA -pkeyopt rsa_keygen_bits:2048',
};

/** How PKCS #8 names them: object identifiers of the key and, of an elliptic one, of its curve (RFC 5480, RFC 8017). */
const NAMES: Readonly<Record<PrivateKeyAlgorithm, readonly string[]>> = {
  ES256: ['2a8648ce3d0201', '2a8648ce3d030107'],
  RS256: ['2a864886f70d010101'],
};

/** The modulus of 2048 bits and the zero before it: the least that RS256 takes (RFC 7518 section 3.3). */
const MODULUS_BYTES = 257;

/**
 * What is wrong with a private key, to end a sentence; null when nothing is. It repeats nothing of the key. To import a key is
 * the only way to know all, and takes a promise, where options are read at once: kind, size and wholeness are looked at here.
 */
export function privateKeyProblem(pem: string, algorithm: PrivateKeyAlgorithm): string | null {
  try {
    return fits(pem, algorithm) ? null : DEMANDS[algorithm];
  } catch {
    return DEMANDS[algorithm];
  }
}

function fits(pem: string, algorithm: PrivateKeyAlgorithm): boolean {
  const der = fromBase64(pem.replaceAll(/-----(?:BEGIN|END) PRIVATE KEY-----|\s/g, ''));
  const [keyInfo = NOTHING] = readElements(der);
  const [, algorithmId = NOTHING, key = NOTHING] = readElements(keyInfo);
  const names = readElements(algorithmId).map(toHex);
  if (!NAMES[algorithm].every((name, index) => names[index] === name)) return false;

  const [privateKey = NOTHING] = readElements(key);
  const [, modulus = NOTHING] = readElements(privateKey);
  return algorithm !== 'RS256' || modulus.length >= MODULUS_BYTES;
}

const NOTHING = new Uint8Array();

/** The contents of DER elements, one after the other. Throws where one is cut off. */
function readElements(der: Uint8Array): readonly Uint8Array[] {
  const contents: Uint8Array[] = [];
  for (let offset = 0; offset < der.length;) {
    const first = der[offset + 1] ?? Number.NaN;
    const start = offset + 2 + (first < 0x80 ? 0 : first - 0x80);
    const length =
      first < 0x80 ? first : der.subarray(offset + 2, start).reduce((sum, byte) => sum * 256 + byte, 0);
    // Not a number, where the length itself is cut off.
    if (!(start + length <= der.length)) throw new RangeError('An element is cut off.');

    contents.push(der.subarray(start, start + length));
    offset = start + length;
  }
  return contents;
}
