import fc from 'fast-check';
import { expect, it } from 'vitest';
import { fromFourCharacters, toFourCharacters } from './four-characters.js';

it('reads and writes the codes of encryption schemes', () => {
  expect(toFourCharacters(0x6365_6e63)).toBe('cenc');
  expect(fromFourCharacters('cbcs', 'scheme')).toBe(0x6362_6373);
});

it('gives every number back', () => {
  fc.assert(
    fc.property(fc.nat(0xffff_ffff), (code) => {
      expect(fromFourCharacters(toFourCharacters(code), 'scheme')).toBe(code);
    }),
  );
});

it.each(['', 'cen', 'cencs', 'cen€', '😀😀'])('refuses %j', (text) => {
  expect(() => fromFourCharacters(text, 'scheme')).toThrow(
    expect.objectContaining({ code: 'invalid-value', field: 'scheme' }),
  );
});
