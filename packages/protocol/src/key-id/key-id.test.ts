import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { fromBase64, toBase64 } from '../bytes/base64.js';
import { fromHex } from '../bytes/hex.js';
import {
  isKeyId,
  keyIdFromBase64Url,
  keyIdFromBytes,
  keyIdFromGuidBytes,
  keyIdToBase64Url,
  keyIdToBytes,
  keyIdToGuid,
  keyIdToGuidBytes,
  parseKeyId,
} from './key-id.js';

// RFC 4122's example UUID, in the byte orders that PlayReady and everyone else use.
const GUID = 'f81d4fae-7dec-11d0-a765-00a0c91e6bf6';
const KEY_ID = 'f81d4fae7dec11d0a76500a0c91e6bf6';
const LITTLE_ENDIAN = 'rk8d+Ox90BGnZQCgyR5r9g==';
const BIG_ENDIAN = '+B1Prn3sEdCnZQCgyR5r9g==';

const keyIds = fc.uint8Array({ minLength: 16, maxLength: 16 }).map((bytes) => keyIdFromBytes(bytes));

describe('parseKeyId', () => {
  it.each([
    KEY_ID,
    KEY_ID.toUpperCase(),
    `0x${KEY_ID}`,
    `0X${KEY_ID.toUpperCase()}`,
    GUID,
    GUID.toUpperCase(),
    `{${GUID}}`,
    '-B1Prn3sEdCnZQCgyR5r9g',
  ])('reads %s', (text) => {
    expect(parseKeyId(text)).toBe(KEY_ID);
  });

  it.each([
    '',
    KEY_ID.slice(1),
    `${KEY_ID}0`,
    `0x0x${KEY_ID}`,
    `{${KEY_ID}}`,
    `{${GUID}`,
    `${GUID}}`,
    `{{${GUID}}}`,
    `f81d4fae7-dec-11d0-a765-00a0c91e6bf6`,
    ` ${KEY_ID}`,
    `${KEY_ID}\n`,
    BIG_ENDIAN,
    `urn:uuid:${GUID}`,
  ])('refuses %j', (text) => {
    expect(() => parseKeyId(text, 'kids[3]')).toThrow(
      expect.objectContaining({ name: 'ProtocolError', code: 'invalid-value', field: 'kids[3]' }),
    );
  });

  it('refuses base64url with stray bits, of which 16 bytes have four', () => {
    expect(() => parseKeyId('-B1Prn3sEdCnZQCgyR5r9h')).toThrow(
      expect.objectContaining({ code: 'malformed', offset: 21 }),
    );
  });
});

describe('isKeyId', () => {
  it('takes the one canonical spelling', () => {
    expect(isKeyId(KEY_ID)).toBe(true);
    expect(isKeyId(KEY_ID.toUpperCase())).toBe(false);
    expect(isKeyId(GUID)).toBe(false);
    expect(isKeyId(`${KEY_ID}\n`)).toBe(false);
    expect(isKeyId(7)).toBe(false);
  });
});

describe('byte orders', () => {
  it('writes and reads both', () => {
    expect(toBase64(keyIdToGuidBytes(KEY_ID))).toBe(LITTLE_ENDIAN);
    expect(toBase64(keyIdToBytes(KEY_ID))).toBe(BIG_ENDIAN);
    expect(keyIdFromGuidBytes(fromBase64(LITTLE_ENDIAN))).toBe(KEY_ID);
    expect(keyIdFromBytes(fromBase64(BIG_ENDIAN))).toBe(KEY_ID);
    expect(keyIdToGuid(KEY_ID)).toBe(GUID);
  });

  // MicrosoftDocs/PlayReady, playready-header-specification.md (CC BY 4.0).
  it.each([
    ['q5HgCTj40kGeNVhTH9Gexw==', '09e091ab-f838-41d2-9e35-58531fd19ec7'],
    ['0IbHou/5s0yzM80yOkKEpQ==', 'a2c786d0-f9ef-4cb3-b333-cd323a4284a5'],
    ['/qgG2xbs4k2SKCxx6bhWqw==', 'db06a8fe-ec16-4de2-9228-2c71e9b856ab'],
  ])('reads the PlayReady key id %s', (base64, guid) => {
    expect(keyIdToGuid(keyIdFromGuidBytes(fromBase64(base64)))).toBe(guid);
  });

  it('leaves the input as it is', () => {
    const bytes = fromHex(KEY_ID);
    keyIdFromGuidBytes(bytes);

    expect(bytes).toEqual(fromHex(KEY_ID));
  });
});

describe('base64url', () => {
  it.each([
    // W3C Encrypted Media Extensions, the Clear Key examples.
    ['2f05477fc24bb4faefd86517156daffc', 'LwVHf8JLtPrv2GUXFW2v_A'],
    ['d0376d53da1df818792f7c5bbf45dffc', '0DdtU9od-Bh5L3xbv0Xf_A'],
    // Key ids and keys published in an article on Clear Key playback.
    ['c77fee35e51fd615a7b91afcb1091c5e', 'x3_uNeUf1hWnuRr8sQkcXg'],
    ['eecdb2b549f02a7c97ce50c17f494ca0', '7s2ytUnwKnyXzlDBf0lMoA'],
    ['045f7ecc35848ed7b3c012ea7614422f', 'BF9-zDWEjtezwBLqdhRCLw'],
    ['9abb7ab6cc4ad3b86c2193dadb1e786c', 'mrt6tsxK07hsIZPa2x54bA'],
  ])('writes and reads %s', (keyId, encoded) => {
    expect(keyIdToBase64Url(keyId)).toBe(encoded);
    expect(keyIdFromBase64Url(encoded)).toBe(keyId);
    expect(parseKeyId(encoded)).toBe(keyId);
  });
});

describe('every spelling', () => {
  it('gives the key id back', () => {
    fc.assert(
      fc.property(keyIds, (keyId) => {
        expect(isKeyId(keyId)).toBe(true);
        expect(keyIdFromBytes(keyIdToBytes(keyId))).toBe(keyId);
        expect(keyIdFromGuidBytes(keyIdToGuidBytes(keyId))).toBe(keyId);
        expect(keyIdFromBase64Url(keyIdToBase64Url(keyId))).toBe(keyId);
        expect(parseKeyId(keyIdToGuid(keyId))).toBe(keyId);
        expect(parseKeyId(`{${keyIdToGuid(keyId).toUpperCase()}}`)).toBe(keyId);
        expect(parseKeyId(keyIdToBase64Url(keyId))).toBe(keyId);
      }),
    );
  });

  it('refuses the wrong length', () => {
    for (const read of [keyIdFromBytes, keyIdFromGuidBytes]) {
      expect(() => read(new Uint8Array(15), 'tenc.defaultKeyId')).toThrow(
        expect.objectContaining({ code: 'invalid-value', field: 'tenc.defaultKeyId' }),
      );
    }
    expect(() => keyIdFromBase64Url('Zm9v')).toThrow(expect.objectContaining({ code: 'invalid-value' }));
  });

  it('refuses to write what is not a canonical key id', () => {
    for (const write of [keyIdToBytes, keyIdToGuidBytes, keyIdToGuid, keyIdToBase64Url]) {
      expect(() => write(GUID)).toThrow(expect.objectContaining({ code: 'invalid-value', field: 'keyId' }));
    }
  });
});
