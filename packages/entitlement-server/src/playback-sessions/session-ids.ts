import { toBase64Url } from '@secure-player/protocol';

import { createOpaqueSecret, type Random } from '../secrets/opaque-secret.js';

/**
 * Makes the ids of playback sessions and of offline licenses. One that is opened under an Idempotency-Key follows from the sign-in, the key and a
 * secret of the server, so that a repeat finds the same one, whichever process it reaches; without the secret nobody
 * can tell the id from the key.
 */
export class SessionIds {
  readonly #secret: Promise<CryptoKey>;
  readonly #random: Random | undefined;

  /** @param secret The same in all processes that share a store. */
  constructor(secret: Uint8Array, random: Random | undefined) {
    this.#random = random;
    this.#secret = deriveKey(secret);
  }

  random(): string {
    return createOpaqueSecret(this.#random);
  }

  /**
   * @param generation Counts what was opened under one key: when it is over, the key opens another.
   * @param kind One key opens one of each kind, and neither id says the other.
   */
  async of(
    loginId: string,
    idempotencyKey: string,
    generation: number,
    kind: 'session' | 'offline' = 'session',
  ): Promise<string> {
    const parts = [loginId, idempotencyKey, generation];
    const text = JSON.stringify(kind === 'session' ? parts : [...parts, kind]);
    const mac = await crypto.subtle.sign('HMAC', await this.#secret, new TextEncoder().encode(text));
    return toBase64Url(new Uint8Array(mac));
  }
}

/** A key of its own, so that what signs tokens signs nothing else. */
async function deriveKey(secret: Uint8Array): Promise<CryptoKey> {
  const material = await crypto.subtle.importKey('raw', Uint8Array.from(secret), 'HKDF', false, [
    'deriveKey',
  ]);
  return crypto.subtle.deriveKey(
    { name: 'HKDF', hash: 'SHA-256', salt: new Uint8Array(), info: new TextEncoder().encode('session ids') },
    material,
    { name: 'HMAC', hash: 'SHA-256', length: 256 },
    false,
    ['sign'],
  );
}
