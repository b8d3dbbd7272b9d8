import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { fromBase64, fromBase64Url, toBase64, toBase64Url } from './base64.js';
import { fromHex, toHex } from './hex.js';

const text = new TextEncoder();

describe('base64', () => {
  // RFC 4648, section 10.
  it.each([
    ['', ''],
    ['f', 'Zg=='],
    ['fo', 'Zm8='],
    ['foo', 'Zm9v'],
    ['foob', 'Zm9vYg=='],
    ['fooba', 'Zm9vYmE='],
    ['foobar', 'Zm9vYmFy'],
  ])('writes and reads %j', (plain, encoded) => {
    expect(toBase64(text.encode(plain))).toBe(encoded);
    expect(fromBase64(encoded)).toEqual(text.encode(plain));
  });

  it.each([
    ['Zg', 'truncated', 2],
    ['Zg=', 'truncated', 3],
    ['Z===', 'malformed', 1],
    ['====', 'malformed', 0],
    ['Zg==Zg==', 'malformed', 2],
    ['Zm 9', 'malformed', 2],
    ['Zm-_', 'malformed', 2],
    ['Zh==', 'malformed', 1],
  ])('refuses %j', (encoded, code, offset) => {
    expect(() => fromBase64(encoded, 'pro')).toThrow(
      expect.objectContaining({ name: 'ProtocolError', code, field: 'pro', offset }),
    );
  });

  it('agrees with the platform', () => {
    fc.assert(
      fc.property(fc.uint8Array(), (bytes) => {
        const encoded = toBase64(bytes);
        expect(encoded).toBe(btoa(String.fromCharCode(...bytes)));
        expect(fromBase64(encoded)).toEqual(Uint8Array.from(bytes));
      }),
    );
  });
});

describe('base64url', () => {
  // W3C Encrypted Media Extensions, the Clear Key examples.
  it.each([
    ['2f05477fc24bb4faefd86517156daffc', 'LwVHf8JLtPrv2GUXFW2v_A'],
    ['b50d1b25559be9bd0a3cbe8ab59232fc', 'tQ0bJVWb6b0KPL6KtZIy_A'],
    ['d0376d53da1df818792f7c5bbf45dffc', '0DdtU9od-Bh5L3xbv0Xf_A'],
  ])('writes and reads %s', (hex, encoded) => {
    expect(toBase64Url(fromHex(hex))).toBe(encoded);
    expect(toHex(fromBase64Url(encoded))).toBe(hex);
  });

  it.each([
    ['Zg==', 'malformed', 2],
    ['Zm9v+', 'truncated', 5],
    ['Zm+v', 'malformed', 2],
    ['Z', 'truncated', 1],
    ['Zh', 'malformed', 1],
    ['Zm9', 'malformed', 2],
  ])('refuses %j', (encoded, code, offset) => {
    expect(() => fromBase64Url(encoded, 'kid')).toThrow(
      expect.objectContaining({ name: 'ProtocolError', code, field: 'kid', offset }),
    );
  });

  it('has one spelling per value', () => {
    fc.assert(
      fc.property(
        fc.string({ unit: fc.constantFrom('A', 'g', 'w', '9', '-', '_', '='), maxLength: 6 }),
        (encoded) => {
          let bytes: Uint8Array;
          try {
            bytes = fromBase64Url(encoded);
          } catch {
            return;
          }
          expect(toBase64Url(bytes)).toBe(encoded);
        },
      ),
    );
  });

  it('reads back what it writes', () => {
    fc.assert(
      fc.property(fc.uint8Array(), (bytes) => {
        expect(fromBase64Url(toBase64Url(bytes))).toEqual(Uint8Array.from(bytes));
      }),
    );
  });
});
