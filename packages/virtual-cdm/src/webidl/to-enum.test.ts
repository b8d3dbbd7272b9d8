import { expect, it } from 'vitest';
import { toEnum } from './to-enum.js';

const SIZES = ['small', 'large'] as const;

it('gives the value where it is one of the enumeration', () => {
  expect(toEnum('large', SIZES, 'Size')).toBe('large');
  expect(toEnum({ toString: () => 'small' }, SIZES, 'Size')).toBe('small');
});

it.each(['', 'Large', ' large', 'toString', null, undefined, 0, Symbol('large')])('refuses %s', (value) => {
  expect(() => toEnum(value, SIZES, 'Size')).toThrow(TypeError);
});

it('names the enumeration and its values, and not what was given', () => {
  expect(() => toEnum('secret', SIZES, 'Size')).toThrow('The value is not a valid Size: small, large');
});
