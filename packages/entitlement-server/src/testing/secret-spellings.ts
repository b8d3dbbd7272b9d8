import { deriveContentKey, keyIdToGuidBytes, toHex, type KeyId } from '@secure-player/protocol';

import { KEY_SEED } from './setup.js';

/** Something to search for, under the name that a failed test gives. */
export type Needle = readonly [name: string, needle: Buffer];

/** Every way the content key of a key id could be written down. */
export async function keySpellings(keyId: KeyId): Promise<Needle[]> {
  const key = await deriveContentKey(KEY_SEED, keyId);
  return spellings(key).map(([name, needle]): Needle => [`key of ${keyId}, ${name}`, needle]);
}

/** Every way a secret could be written down by mistake. */
export function spellings(bytes: Uint8Array): Needle[] {
  const hex = toHex(bytes);
  const texts: [string, string][] = [
    ['hex', hex],
    ['upper-case hex', hex.toUpperCase()],
    ['base64', Buffer.from(bytes).toString('base64').replace(/=+$/, '')],
    ['base64url', Buffer.from(bytes).toString('base64url')],
    ['JSON of an array', [...bytes].join(',')],
    ['JSON of a Uint8Array', JSON.stringify(bytes).slice(1, -1)],
  ];
  if (bytes.length === 16) {
    for (const [name, text] of [
      ['GUID', hex],
      ['little-endian GUID', toHex(keyIdToGuidBytes(hex))],
    ] as const) {
      const guid = text.replace(/^(.{8})(.{4})(.{4})(.{4})(.{12})$/, '$1-$2-$3-$4-$5');
      texts.push([name, guid], [`upper-case ${name}`, guid.toUpperCase()], [`undashed ${name}`, text]);
    }
  }
  return [
    ...texts.map(([name, text]): Needle => [name, Buffer.from(text)]),
    ['raw bytes', Buffer.from(bytes)],
  ];
}
