import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { fromBase64, toBase64 } from '../bytes/base64.js';
import { keyIdFromBytes } from '../key-id/key-id.js';
import { box, join, patch, uint32 } from '../mp4/testing/boxes.js';
import { readPsshBoxes, writePsshBox, type PsshBoxInit } from './pssh-box.js';
import { SYSTEM_IDS } from './system-ids.js';

// shaka-packager, docs/source/tutorials/raw_key.rst
const WIDEVINE = 'AAAAQHBzc2gAAAAA7e+LqXnWSs6jyCfc1R0h7QAAACAaDXdpZGV2aW5lX3Rlc3QiD3Rlc3QgY29udGVudCBpZA==';
// W3C "cenc" Initialization Data Format, section 4
const COMMON = 'AAAARHBzc2gBAAAAEHfv7MCyTQKs4zweUuL7SwAAAAIwMTIzNDU2Nzg5MDEyMzQ1QUJDREVGR0hJSktMTU5PUAAAAAA=';
// shaka-packager, CPIX test data
const PRIVATE_SYSTEM =
  'AAAAQnBzc2gBAAAAAgMFBwsNERMXHR8lKSsvNQAAAAEBAQIDBQgNFSI3WZDpAAAAAAAADmVEYXNoIHBhY2thZ2Vy';

const text = new TextEncoder();

describe('readPsshBoxes', () => {
  it.each([
    [
      'Widevine, version 0',
      WIDEVINE,
      { version: 0, systemId: SYSTEM_IDS.widevine, keyIds: [] },
      '\x1a\rwidevine_test"\x0ftest content id',
    ],
    [
      'the common system, version 1',
      COMMON,
      {
        version: 1,
        systemId: SYSTEM_IDS.common,
        keyIds: ['30313233343536373839303132333435', '4142434445464748494a4b4c4d4e4f50'],
      },
      '',
    ],
    [
      'a private system',
      PRIVATE_SYSTEM,
      {
        version: 1,
        systemId: '02030507-0b0d-1113-171d-1f25292b2f35',
        keyIds: ['0101020305080d1522375990e9000000'],
      },
      'eDash packager',
    ],
  ])('reads %s', (_, base64, expected, data) => {
    expect(readPsshBoxes(fromBase64(base64))).toEqual([{ flags: 0, ...expected, data: text.encode(data) }]);
  });

  it('reads concatenated boxes, and none from nothing', () => {
    const boxes = readPsshBoxes(join(fromBase64(WIDEVINE), fromBase64(COMMON)));

    expect(boxes.map(({ systemId }) => systemId)).toEqual([SYSTEM_IDS.widevine, SYSTEM_IDS.common]);
    expect(readPsshBoxes(new Uint8Array())).toEqual([]);
  });

  it('reads a size of 0 as "to the end", and a 64-bit size', () => {
    const common = fromBase64(COMMON);
    const open = patch(common, 0, uint32(0));
    const wide = join(uint32(1), text.encode('pssh'), uint32(0), uint32(76), common.subarray(8));
    const [expected] = readPsshBoxes(common);

    expect(readPsshBoxes(open)).toEqual([expected]);
    expect(readPsshBoxes(join(wide, open))).toEqual([expected, expected]);
  });

  it('leaves out boxes of an unknown version', () => {
    const future = patch(fromBase64(COMMON), 8, Uint8Array.of(2));

    expect(readPsshBoxes(join(future, fromBase64(WIDEVINE)))).toMatchObject([{ version: 0 }]);
  });

  it('ignores bytes between the data and the end of the box', () => {
    const longer = join(patch(fromBase64(COMMON), 0, uint32(70)), Uint8Array.of(1, 2));

    expect(readPsshBoxes(longer)).toEqual(readPsshBoxes(fromBase64(COMMON)));
  });

  it('gives data that does not change with the input', () => {
    const input = fromBase64(WIDEVINE);
    const [pssh] = readPsshBoxes(input);
    input.fill(0);

    expect(pssh?.data.subarray(2, 15)).toEqual(text.encode('widevine_test'));
  });

  it.each([
    ['a header cut short', fromBase64(WIDEVINE).subarray(0, 6), 'truncated', 'box.type', 4],
    ['a box cut short', fromBase64(WIDEVINE).subarray(0, 63), 'truncated', 'box.size', 0],
    ['a second box cut short', join(fromBase64(COMMON), uint32(9)), 'truncated', 'box.type', 72],
    ['a size below 8', patch(fromBase64(COMMON), 0, uint32(7)), 'malformed', 'box.size', 0],
    ['a 64-bit size below 16', box64(15), 'malformed', 'box.size', 0],
    ['a 64-bit size of 0', box64(0), 'malformed', 'box.size', 0],
    [
      'a size beyond 2^53',
      join(uint32(1), text.encode('pssh'), uint32(0x20_0000), uint32(0)),
      'oversized',
      'box.largesize',
      8,
    ],
    [
      'a size just below 2^53',
      join(uint32(1), text.encode('pssh'), uint32(0x1f_ffff), uint32(0xffff_ffff)),
      'truncated',
      'box.size',
      0,
    ],
    ['a box too small for its fields', box('pssh', 4), 'truncated', 'pssh.systemId', 12],
    [
      'four billion key ids',
      patch(fromBase64(COMMON), 28, uint32(0xffff_ffff)),
      'truncated',
      'pssh.keyIds',
      32,
    ],
    ['one key id too many', patch(fromBase64(COMMON), 28, uint32(3)), 'truncated', 'pssh.keyIds', 32],
    [
      'more data than the box holds',
      patch(fromBase64(WIDEVINE), 28, uint32(33)),
      'truncated',
      'pssh.data',
      32,
    ],
    ['another box', box('moov'), 'malformed', 'box.type', 0],
    ['another box after the first', join(fromBase64(COMMON), box('free')), 'malformed', 'box.type', 68],
  ])('refuses %s', (_, bytes, code, field, offset) => {
    expect(() => readPsshBoxes(bytes)).toThrow(
      expect.objectContaining({ name: 'ProtocolError', code, field, offset }),
    );
  });

  it('refuses more than a mebibyte without looking at it', () => {
    const largest = writePsshBox({ systemId: SYSTEM_IDS.common, data: new Uint8Array(1024 * 1024 - 32) });

    expect(readPsshBoxes(largest)).toHaveLength(1);
    expect(() => readPsshBoxes(join(largest, Uint8Array.of(0)))).toThrow(
      expect.objectContaining({ code: 'oversized', field: 'initData' }),
    );
  });
});

describe('writePsshBox', () => {
  it.each([WIDEVINE, COMMON, PRIVATE_SYSTEM])('writes %s as it was read', (base64) => {
    expect(readPsshBoxes(fromBase64(base64)).map((pssh) => toBase64(writePsshBox(pssh)))).toEqual([base64]);
  });

  it('chooses the version by the key ids', () => {
    const [plain] = readPsshBoxes(writePsshBox({ systemId: SYSTEM_IDS.fairplay }));
    const [listing] = readPsshBoxes(
      writePsshBox({ systemId: SYSTEM_IDS.fairplay, keyIds: ['0101020305080d1522375990e9000000'] }),
    );

    expect(plain).toMatchObject({ version: 0, keyIds: [] });
    expect(listing).toMatchObject({ version: 1, keyIds: ['0101020305080d1522375990e9000000'] });
  });

  it.each([
    [
      'key ids in version 0',
      { systemId: SYSTEM_IDS.common, version: 0, keyIds: ['0'.repeat(32)] },
      'pssh.version',
    ],
    ['a system id that is no UUID', { systemId: 'widevine' }, 'pssh.systemId'],
    [
      'a key id in another spelling',
      { systemId: SYSTEM_IDS.common, keyIds: ['A'.repeat(32)] },
      'pssh.keyIds[0]',
    ],
    ['flags of more than 24 bits', { systemId: SYSTEM_IDS.common, flags: 0x100_0000 }, 'pssh.flags'],
    ['negative flags', { systemId: SYSTEM_IDS.common, flags: -1 }, 'pssh.flags'],
  ] satisfies [string, PsshBoxInit, string][])('refuses %s', (_, init, field) => {
    expect(() => writePsshBox(init)).toThrow(
      expect.objectContaining({ name: 'ProtocolError', code: 'invalid-value', field }),
    );
  });

  it('gives a box that reads back, alone and in a row', () => {
    const keyId = fc.uint8Array({ minLength: 16, maxLength: 16 }).map((bytes) => keyIdFromBytes(bytes));
    const boxes = fc.record({
      version: fc.constant<1>(1),
      flags: fc.nat(0xff_ffff),
      systemId: fc.constantFrom(...Object.values(SYSTEM_IDS)),
      keyIds: fc.array(keyId, { maxLength: 5 }),
      data: fc.uint8Array({ maxLength: 40 }).map((bytes) => Uint8Array.from(bytes)),
    });
    fc.assert(
      fc.property(fc.array(boxes, { maxLength: 4 }), (expected) => {
        expect(readPsshBoxes(join(...expected.map(writePsshBox)))).toEqual(expected);
      }),
    );
  });
});

function box64(size: number): Uint8Array {
  return join(uint32(1), text.encode('pssh'), uint32(0), uint32(size), fromBase64(COMMON).subarray(8));
}
