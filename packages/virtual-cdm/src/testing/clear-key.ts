import { fromHex, toBase64Url, type KeyPolicy, type LicensePolicy } from '@secure-player/protocol';

/** What a Clear Key license says beside its keys. */
export interface ClearKeyLicenseInit {
  readonly type?: string | undefined;
  readonly policy?: LicensePolicy | undefined;
  readonly keyPolicy?: KeyPolicy | undefined;
  /** @default the key id with all bits turned */
  readonly key?: Uint8Array | undefined;
}

/** Init data of type `keyids`. */
export function keyIdsInitData(...keyIds: readonly string[]): Uint8Array<ArrayBuffer> {
  return toJson({ kids: keyIds.map((keyId) => toBase64Url(fromHex(keyId))) });
}

/** A license with the keys of these ids; each key is its id with all bits turned. */
export function clearKeyLicense(
  keyIds: readonly string[],
  { type, policy, keyPolicy, key }: ClearKeyLicenseInit = {},
): Uint8Array<ArrayBuffer> {
  const keys = keyIds.map((keyId) => ({
    kty: 'oct',
    kid: toBase64Url(fromHex(keyId)),
    k: toBase64Url(key ?? fromHex(keyId).map((byte) => byte ^ 0xff)),
    ...(keyPolicy && { policy: keyPolicy }),
  }));
  return toJson({ keys, ...(type !== undefined && { type }), ...(policy && { policy }) });
}

export function toJson(value: unknown): Uint8Array<ArrayBuffer> {
  return new TextEncoder().encode(JSON.stringify(value));
}

export function fromJson(bytes: ArrayBuffer): unknown {
  return JSON.parse(new TextDecoder().decode(bytes));
}
