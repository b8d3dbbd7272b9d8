import { fromHex, parseKeyId, toHex } from '@secure-player/protocol';

import type { KeyVault } from './key-vault.js';
import type { WrappedKey } from './license-record.js';

/** Wraps content keys as a page writes them: hex digits, by key id. @throws PlaybackError `storage-failed` */
export function sealKeys(
  vault: KeyVault,
  titleId: string,
  keys: Readonly<Record<string, string>>,
): Promise<readonly WrappedKey[]> {
  const wrapped = Object.entries(keys).map(([keyId, key]) =>
    vault.wrap(titleId, parseKeyId(keyId), fromHex(key)),
  );
  return Promise.all(wrapped);
}

/** Unwraps them. @throws PlaybackError `stored-license-missing` */
export async function openKeys(
  vault: KeyVault,
  titleId: string,
  sealed: readonly WrappedKey[],
): Promise<Record<string, string>> {
  const keys = sealed.map(async (key) => [key.name, toHex(await vault.unwrap(titleId, key))] as const);
  return Object.fromEntries(await Promise.all(keys));
}
