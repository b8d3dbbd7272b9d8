import { ProtocolError } from '../protocol-error.js';

// All of Web Crypto that sealed messages use. What it rejects with differs between engines and may quote its input,
// so that every failure becomes a `ProtocolError` here.

/** An uncompressed point of P-256. */
export const PUBLIC_KEY_BYTES = 65;

/** What {@link sha256} gives. */
export const DIGEST_BYTES = 32;

const ECDSA = { name: 'ECDSA', namedCurve: 'P-256' } as const;
const ECDSA_SHA256 = { name: 'ECDSA', hash: 'SHA-256' } as const;
const ECDH = { name: 'ECDH', namedCurve: 'P-256' } as const;
const SHARED_SECRET_BITS = 256;
const IV_BYTES = 12;

/** Bytes that nobody can foretell. */
export function randomBytes(length: number): Uint8Array<ArrayBuffer> {
  return crypto.getRandomValues(new Uint8Array(length));
}

/** A pair for signatures, whose private key cannot be taken out. */
export function generateSigningKeys(): Promise<CryptoKeyPair> {
  return subtle().generateKey(ECDSA, false, ['sign', 'verify']);
}

/** A pair for key agreement, whose private key cannot be taken out. */
export function generateAgreementKeys(): Promise<CryptoKeyPair> {
  return subtle().generateKey(ECDH, false, ['deriveBits']);
}

/** Imports a private or public signing key. */
export function importSigningJwk(jwk: JsonWebKey, usage: 'sign' | 'verify'): Promise<CryptoKey> {
  return subtle().importKey('jwk', jwk, ECDSA, usage === 'verify', [usage]);
}

/** Imports a point that someone sent. */
export function importVerifyKey(point: Uint8Array<ArrayBuffer>, field: string): Promise<CryptoKey> {
  return attempt(() => subtle().importKey('raw', point, ECDSA, true, ['verify']), field, NOT_A_KEY);
}

/** Imports a point that someone sent. */
export function importAgreementKey(point: Uint8Array<ArrayBuffer>, field: string): Promise<CryptoKey> {
  return attempt(() => subtle().importKey('raw', point, ECDH, true, []), field, NOT_A_KEY);
}

/** The point of a public key. */
export async function exportPublicKey(key: CryptoKey, field: string): Promise<Uint8Array<ArrayBuffer>> {
  return new Uint8Array(await attempt(() => subtle().exportKey('raw', key), field, 'is not a public key'));
}

/** Signs with ECDSA and SHA-256. */
export async function sign(
  key: CryptoKey,
  content: Uint8Array<ArrayBuffer>,
  field: string,
): Promise<Uint8Array<ArrayBuffer>> {
  return new Uint8Array(
    await attempt(() => subtle().sign(ECDSA_SHA256, key, content), field, 'is not a key that signs'),
  );
}

/** Rejects when the signature is not this key's over this content. */
export async function checkSignature(
  key: CryptoKey,
  signature: Uint8Array<ArrayBuffer>,
  content: Uint8Array<ArrayBuffer>,
  field: string,
): Promise<void> {
  const problem = 'does not match the content';
  const isValid = await attempt(() => subtle().verify(ECDSA_SHA256, key, signature, content), field, problem);
  if (!isValid) throw new ProtocolError('invalid-value', field, problem);
}

/** SHA-256. */
export async function sha256(content: Uint8Array<ArrayBuffer>): Promise<Uint8Array<ArrayBuffer>> {
  return new Uint8Array(await subtle().digest('SHA-256', content));
}

/** What two parties know without having sent it (ECDH), for {@link encrypt} and {@link decrypt}. */
export async function agree(
  privateKey: CryptoKey,
  publicKey: CryptoKey,
  field: string,
): Promise<Uint8Array<ArrayBuffer>> {
  return new Uint8Array(
    await attempt(
      () => subtle().deriveBits({ name: 'ECDH', public: publicKey }, privateKey, SHARED_SECRET_BITS),
      field,
      'does not agree with the other key',
    ),
  );
}

/**
 * Encrypts with AES-256-GCM under a key that HKDF makes from the secret. Only who names the same context opens it: the
 * context is both HKDF's info and the data that GCM authenticates.
 */
export async function encrypt(
  secret: Uint8Array<ArrayBuffer>,
  context: Uint8Array<ArrayBuffer>,
  plain: Uint8Array<ArrayBuffer>,
): Promise<Uint8Array<ArrayBuffer>> {
  const key = await deriveKey(secret, context);
  const iv = randomBytes(IV_BYTES);
  const encrypted = await subtle().encrypt({ name: 'AES-GCM', iv, additionalData: context }, key, plain);
  const sealed = new Uint8Array(IV_BYTES + encrypted.byteLength);
  sealed.set(iv);
  sealed.set(new Uint8Array(encrypted), IV_BYTES);
  return sealed;
}

/** Opens what {@link encrypt} gave; rejects under another secret or context, or when a bit of it has changed. */
export async function decrypt(
  secret: Uint8Array<ArrayBuffer>,
  context: Uint8Array<ArrayBuffer>,
  sealed: Uint8Array<ArrayBuffer>,
  field: string,
): Promise<Uint8Array<ArrayBuffer>> {
  const key = await deriveKey(secret, context);
  const algorithm = { name: 'AES-GCM', iv: sealed.slice(0, IV_BYTES), additionalData: context };
  return new Uint8Array(
    await attempt(
      () => subtle().decrypt(algorithm, key, sealed.slice(IV_BYTES)),
      field,
      'does not open with this key',
    ),
  );
}

async function deriveKey(
  secret: Uint8Array<ArrayBuffer>,
  context: Uint8Array<ArrayBuffer>,
): Promise<CryptoKey> {
  const material = await subtle().importKey('raw', secret, 'HKDF', false, ['deriveKey']);
  return subtle().deriveKey(
    { name: 'HKDF', hash: 'SHA-256', salt: new Uint8Array(), info: context },
    material,
    { name: 'AES-GCM', length: 256 },
    false,
    ['encrypt', 'decrypt'],
  );
}

const NOT_A_KEY = 'is not a point of P-256';

async function attempt<Result>(work: () => Promise<Result>, field: string, problem: string): Promise<Result> {
  try {
    return await work();
  } catch (error) {
    if (error instanceof ProtocolError) throw error;
    throw new ProtocolError('invalid-value', field, problem);
  }
}

function subtle(): SubtleCrypto {
  // Browsers hide it from pages without a secure origin, which the types do not know.
  const api = (crypto as { readonly subtle?: SubtleCrypto }).subtle;
  if (api !== undefined) return api;

  throw new ProtocolError('unsupported', 'crypto.subtle', 'is missing; use https: or localhost');
}
