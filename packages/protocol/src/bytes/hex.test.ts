import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { fromHex, toHex } from './hex.js';

describe('hex', () => {
  it('writes lower case and reads both cases', () => {
    expect(toHex(Uint8Array.of(0, 0x0f, 0xab))).toBe('000fab');
    expect(fromHex('000FaB')).toEqual(Uint8Array.of(0, 0x0f, 0xab));
    expect(fromHex('')).toEqual(new Uint8Array());
  });

  it.each([
    ['0x00', 'malformed', 1],
    ['00 11', 'malformed', 2],
    ['00é1', 'malformed', 2],
    ['001', 'truncated', 3],
  ])('refuses %j', (text, code, offset) => {
    expect(() => fromHex(text, 'keySeed')).toThrow(
      expect.objectContaining({ name: 'ProtocolError', code, field: 'keySeed', offset }),
    );
  });

  it('reads back what it writes', () => {
    fc.assert(
      fc.property(fc.uint8Array(), (bytes) => {
        expect(fromHex(toHex(bytes))).toEqual(Uint8Array.from(bytes));
      }),
    );
  });
});
