import { expect, it } from 'vitest';
import { toDOMString } from './to-dom-string.js';

it.each([
  ['a', 'a'],
  [7, '7'],
  [null, 'null'],
  [undefined, 'undefined'],
  [['a', 'b'], 'a,b'],
  [{ toString: () => 'own' }, 'own'],
])('reads %j as ToString does', (value, text) => {
  expect(toDOMString(value)).toBe(text);
});

it('refuses symbols and objects that cannot be text', () => {
  expect(() => toDOMString(Symbol('a'))).toThrow(TypeError);
  expect(() => toDOMString(Object.create(null))).toThrow(TypeError);
});

it('passes on what a toString() throws', () => {
  const fault = new RangeError('own');

  expect(() =>
    toDOMString({
      toString() {
        throw fault;
      },
    }),
  ).toThrow(fault);
});
