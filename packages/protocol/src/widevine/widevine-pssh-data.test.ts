import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { fromHex, toHex } from '../bytes/hex.js';
import { keyIdFromBytes } from '../key-id/key-id.js';
import { readWidevinePsshData, writeWidevinePsshData, type WidevinePsshData } from './widevine-pssh-data.js';

const text = new TextEncoder();
const KEY_ID = '6b65796964317e7e7e7e7e7e7e7e7e7e';

describe('readWidevinePsshData', () => {
  it('reads provider and content id', () => {
    // shaka-packager, docs/source/tutorials/raw_key.rst
    const data = '1a0d7769646576696e655f74657374220f7465737420636f6e74656e74206964';

    expect(readWidevinePsshData(fromHex(data))).toEqual({
      keyIds: [],
      provider: 'widevine_test',
      contentId: text.encode('test content id'),
    });
  });

  it.each([
    ['48e3dc959b06', 'cenc'],
    ['48f3c6899b06', 'cbcs'],
  ])('reads and writes field 9 as the four characters it is: %s', (hex, protectionScheme) => {
    expect(readWidevinePsshData(fromHex(hex))).toEqual({ keyIds: [], protectionScheme });
    expect(toHex(writeWidevinePsshData({ keyIds: [], protectionScheme }))).toBe(hex);
  });

  it('writes what Shaka Packager writes', () => {
    // Data of the Widevine box in Shaka Packager's output for two raw keys and `cenc`.
    const data = '1210f3c5e0361e6654b28f8049c778b2394612106b65796964317e7e7e7e7e7e7e7e7e7e48e3dc959b06';
    const expected = {
      keyIds: ['f3c5e0361e6654b28f8049c778b23946', KEY_ID],
      protectionScheme: 'cenc',
    };

    expect(readWidevinePsshData(fromHex(data))).toEqual(expected);
    expect(toHex(writeWidevinePsshData(expected))).toBe(data);
  });

  it.each([
    ['a key id that is a number, as one vendor writes', '1001'],
    ['a key id that is not 16 bytes', '12036b6579'],
    ['an unknown number', 'f80701'],
    ['an unknown run of bytes', 'fa0703616263'],
    ['a provider that is a number', '1801'],
    ['a period that is a run of bytes', '3a0101'],
    ['a fixed 64-bit number', '190102030405060708'],
    ['a fixed 32-bit number', '1d01020304'],
    ['a group', '1b120161 1b1c 38051c'.replaceAll(' ', '')],
  ])('passes over %s', (_, hex) => {
    const known = `1210${KEY_ID}`;

    expect(readWidevinePsshData(fromHex(hex + known + hex))).toEqual({ keyIds: [KEY_ID] });
  });

  it('takes the last of a field that occurs twice', () => {
    expect(readWidevinePsshData(fromHex('38013802'))).toEqual({ keyIds: [], cryptoPeriodIndex: 2 });
  });

  it('reads a number of ten bytes as the 32 bits that the field declares', () => {
    expect(readWidevinePsshData(fromHex('38ffffffffffffffffff01')).cryptoPeriodIndex).toBe(0xffff_ffff);
    expect(readWidevinePsshData(fromHex('3885808080808080808001')).cryptoPeriodIndex).toBe(5);
  });

  it.each([
    ['a tag', '80', 'truncated', 'widevine.tag', 1],
    ['a number', '3880', 'truncated', 'widevine.7', 2],
    ['a length', '1280', 'truncated', 'widevine.2.length', 2],
    ['a run of bytes', '12106b', 'truncated', 'widevine.2', 2],
    ['a run of four billion bytes', '12ffffffff0f', 'truncated', 'widevine.2', 6],
    ['a fixed 64-bit number', '1901', 'truncated', 'widevine.3', 1],
    ['a fixed 32-bit number', '1d01', 'truncated', 'widevine.3', 1],
    ['a group', '1b1b1c', 'truncated', 'widevine', 3],
  ])('refuses %s that is cut short', (_, hex, code, field, offset) => {
    expect(() => readWidevinePsshData(fromHex(hex))).toThrow(
      expect.objectContaining({ name: 'ProtocolError', code, field, offset }),
    );
  });

  it.each([
    ['field number 0', '0001', 0],
    ['wire type 6', '0e', 0],
    ['wire type 7', '3801 0f', 2],
    ['the end of a group that never began', '3801 1c', 2],
    ['a number of eleven bytes', '38 ffffffffffffffffffffff', 1],
  ])('refuses %s', (_, hex, offset) => {
    expect(() => readWidevinePsshData(fromHex(hex.replaceAll(' ', '')))).toThrow(
      expect.objectContaining({ code: 'malformed', offset }),
    );
  });
});

describe('writeWidevinePsshData', () => {
  it('gives data that reads back, all ten fields', () => {
    const uint32 = fc.nat(0xffff_ffff);
    const bytes = fc.uint8Array({ maxLength: 200 }).map((run) => Uint8Array.from(run));
    const fourCharacters = fc.string({ unit: latin1(), minLength: 4, maxLength: 4 });
    const words = fc.string({ unit: 'grapheme' });
    const messages: fc.Arbitrary<WidevinePsshData> = fc.record(
      {
        algorithm: uint32,
        keyIds: fc.array(fc.uint8Array({ minLength: 16, maxLength: 16 }).map((id) => keyIdFromBytes(id))),
        provider: words,
        contentId: bytes,
        trackType: words,
        policy: words,
        cryptoPeriodIndex: uint32,
        groupedLicense: bytes,
        protectionScheme: fourCharacters,
        cryptoPeriodSeconds: uint32,
      },
      { requiredKeys: ['keyIds'] },
    );
    fc.assert(
      fc.property(messages, (message) => {
        expect(readWidevinePsshData(writeWidevinePsshData(message))).toEqual(message);
      }),
    );
  });

  it.each([
    [{ keyIds: ['key'] }, 'widevine.keyIds[0]'],
    [{ keyIds: [], protectionScheme: 'cen' }, 'widevine.protectionScheme'],
    [{ keyIds: [], protectionScheme: 'cen€' }, 'widevine.protectionScheme'],
    [{ keyIds: [], cryptoPeriodIndex: -1 }, 'widevine.cryptoPeriodIndex'],
    [{ keyIds: [], cryptoPeriodSeconds: 1.5 }, 'widevine.cryptoPeriodSeconds'],
    [{ keyIds: [], algorithm: 2 ** 32 }, 'widevine.algorithm'],
  ])('refuses %j', (message, field) => {
    expect(() => writeWidevinePsshData(message)).toThrow(
      expect.objectContaining({ name: 'ProtocolError', code: 'invalid-value', field }),
    );
  });
});

function latin1(): fc.Arbitrary<string> {
  return fc.nat(0xff).map((code) => String.fromCharCode(code));
}
