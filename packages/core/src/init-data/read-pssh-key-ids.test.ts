import {
  SYSTEM_IDS,
  writeKeyIdsInitData,
  writePsshBox,
  writeWidevinePsshData,
} from '@secure-player/protocol';
import { expect, it } from 'vitest';

import { loadKeyIdReader } from './read-pssh-key-ids.js';

const FIRST = '00000000000000000000000000000001';
const SECOND = '7fffffffffffffffffffffffffffffff';
const utf8 = (text: string) => new TextEncoder().encode(text);

const boxes = new Uint8Array([
  ...writePsshBox({ systemId: SYSTEM_IDS.widevine, data: writeWidevinePsshData({ keyIds: [FIRST] }) }),
  ...writePsshBox({ systemId: SYSTEM_IDS.common, keyIds: [FIRST, SECOND] }),
]);

it.each<[string, string, Uint8Array, string[]]>([
  ['org.w3.clearkey', 'cenc', boxes, [FIRST, SECOND]],
  ['com.widevine.alpha', 'cenc', boxes, [FIRST, SECOND]],
  ['com.microsoft.playready', 'cenc', boxes, [FIRST, SECOND]],
  ['org.w3.clearkey', 'keyids', writeKeyIdsInitData([SECOND]), [SECOND]],
  ['com.apple.fps', 'skd', utf8(`skd://${SECOND}`), [SECOND]],
  ['org.w3.clearkey', 'webm', utf8('x'), []],
  ['org.w3.clearkey', 'cenc', utf8('no box'), []],
])('the key ids of %s are read from %s: %#', async (keySystem, type, bytes, expected) => {
  const read = await loadKeyIdReader(keySystem);

  expect(read({ type, bytes })).toEqual(expected);
});
