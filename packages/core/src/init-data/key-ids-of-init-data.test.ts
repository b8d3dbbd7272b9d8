import { SYSTEM_IDS, toBase64, writeKeyIdsInitData, writePsshBox } from '@secure-player/protocol';
import { describe, expect, it } from 'vitest';

import { keyIdsOfInitData } from './key-ids-of-init-data.js';

const FIRST = '00000000000000000000000000000001';
const SECOND = '7fffffffffffffffffffffffffffffff';

const utf8 = (text: string) => new TextEncoder().encode(text);

/** A `sinf` box of the scheme `cbcs` with a constant initialization vector. */
function sinf(keyId: string): string {
  const box = (type: string, ...content: (string | Uint8Array)[]): Uint8Array => {
    const bytes = content.flatMap((part) => [...(typeof part === 'string' ? hex(part) : part)]);
    const size = (bytes.length + 8).toString(16).padStart(8, '0');
    return new Uint8Array([...hex(size), ...utf8(type), ...bytes]);
  };
  const tenc = box('tenc', '01000000', '00', '19', '01', '00', keyId, '10', '00'.repeat(16));

  return toBase64(
    box(
      'sinf',
      box('frma', utf8('avc1')),
      box('schm', '00000000', utf8('cbcs'), '00010000'),
      box('schi', tenc),
    ),
  );
}

function hex(text: string): number[] {
  return (text.match(/../g) ?? []).map((digits) => Number.parseInt(digits, 16));
}

describe('the key ids of init data', () => {
  it.each<[string, Uint8Array, string[]]>([
    [
      'cenc',
      new Uint8Array([
        ...writePsshBox({ systemId: SYSTEM_IDS.common, keyIds: [FIRST, SECOND] }),
        ...writePsshBox({ systemId: SYSTEM_IDS.common, keyIds: [SECOND] }),
      ]),
      [FIRST, SECOND],
    ],
    ['keyids', writeKeyIdsInitData([FIRST]), [FIRST]],
    ['sinf', utf8(JSON.stringify({ sinf: [sinf(FIRST), sinf(SECOND)] })), [FIRST, SECOND]],
    ['skd', utf8(`skd://${SECOND}`), [SECOND]],
    ['skd', utf8(`skd://${SECOND}:${FIRST}`), [SECOND]],
  ])('of type %s are read: %#', (type, initData, keyIds) => {
    expect(keyIdsOfInitData(type, initData)).toEqual(keyIds);
  });

  it.each([
    ['cenc', 'no box'],
    ['sinf', 'no JSON'],
    ['sinf', '{}'],
    ['keyids', '{"kids":1}'],
    ['skd', 'skd://the-film'],
    ['webm', 'x'],
    [null, 'x'],
  ])('of type %s are none where they cannot be read: %s', (type, text) => {
    expect(keyIdsOfInitData(type, utf8(text))).toEqual([]);
  });
});
