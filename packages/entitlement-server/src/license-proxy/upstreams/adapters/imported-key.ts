/** A key that is imported when it is first needed, and once: an import costs more than a signature. */
export type ImportedKey = () => Promise<CryptoKey>;

/** A secret to sign with by HMAC. The bytes are copied; changing them afterwards changes nothing. */
export function hmacKey(
  secret: Uint8Array,
  hash: 'SHA-256' | 'SHA-384' | 'SHA-512' = 'SHA-256',
): ImportedKey {
  const bytes = Uint8Array.from(secret);
  return once(async () => crypto.subtle.importKey('raw', bytes, { name: 'HMAC', hash }, false, ['sign']));
}

/** A key of AES to encrypt with by CBC. */
export function aesCbcKey(key: Uint8Array): ImportedKey {
  const bytes = Uint8Array.from(key);
  return once(async () => crypto.subtle.importKey('raw', bytes, 'AES-CBC', false, ['encrypt']));
}

/** Remembers what an import gives. One that failed is tried again. */
export function once(load: () => Promise<CryptoKey>): ImportedKey {
  let loaded: Promise<CryptoKey> | undefined;
  return async () => {
    loaded ??= load();
    try {
      return await loaded;
    } catch (error) {
      loaded = undefined;
      throw error;
    }
  };
}
