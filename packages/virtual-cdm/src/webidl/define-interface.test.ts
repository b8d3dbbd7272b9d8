import { expect, it } from 'vitest';
import { defineInterface } from './define-interface.js';

class VirtualPoint {
  get x(): number {
    return 1;
  }

  move(): void {}

  entries(): IterableIterator<[string, number]> {
    return new Map([['x', 1]]).entries();
  }
}
defineInterface(VirtualPoint, 'Point');

it('gives the class string of the interface', () => {
  expect(Object.prototype.toString.call(new VirtualPoint())).toBe('[object Point]');
  expect(Object.getOwnPropertyDescriptor(VirtualPoint.prototype, Symbol.toStringTag)).toEqual({
    value: 'Point',
    writable: false,
    enumerable: false,
    configurable: true,
  });
});

it('lets attributes and operations be enumerated, and the constructor not', () => {
  const members = [];
  for (const member in new VirtualPoint()) members.push(member);

  expect(members).toEqual(['x', 'move', 'entries']);
});

it('iterates by the very function that entries is', () => {
  expect(Reflect.get(VirtualPoint.prototype, Symbol.iterator)).toBe(
    Reflect.get(VirtualPoint.prototype, 'entries'),
  );
});

it('leaves a class without entries without an iterator', () => {
  class VirtualDot {
    move(): void {}
  }
  defineInterface(VirtualDot, 'Dot');

  expect(Symbol.iterator in VirtualDot.prototype).toBe(false);
});
