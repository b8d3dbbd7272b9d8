import { expect, it, vi } from 'vitest';

import { PatchSet, type Call } from './patch-set.js';

class Platform {
  #value = 1;

  method(one: unknown, two: unknown): unknown {
    return ['native', one, two];
  }

  get value(): number {
    return this.#value;
  }

  set value(value: number) {
    this.#value = value;
  }

  get fixed(): string {
    return 'native';
  }
}

/** A platform of its own for each test. */
function setup() {
  class Target extends Platform {}
  const { prototype } = Target;
  Object.defineProperties(prototype, Object.getOwnPropertyDescriptors(Platform.prototype));
  const before = Object.getOwnPropertyDescriptors(prototype);
  const patches = new PatchSet();
  const replaceMethod = (by: Call = () => 'patched') => patches.method(prototype, 'method', () => by);

  return { prototype, target: new Target(), before, patches, replaceMethod };
}

function functionOf(target: object, key: string, part: 'value' | 'get' | 'set' = 'value') {
  return Reflect.get(Object.getOwnPropertyDescriptor(target, key) ?? {}, part) as Call | undefined;
}

it('replaces a method by one that knows the original, and looks like it', () => {
  const { prototype, target, before, patches } = setup();
  patches.method(prototype, 'method', (original) => (self, args) => ['patched', original(self, args)]);

  expect(target.method(1, 2)).toEqual(['patched', ['native', 1, 2]]);
  expect([target.method.name, target.method.length]).toEqual(['method', 2]);
  expect(Object.getOwnPropertyDescriptor(prototype, 'method')).toEqual({
    ...before['method'],
    value: expect.any(Function),
  });
});

it('replaces one half of an accessor, and leaves the other', () => {
  const { prototype, target, before, patches } = setup();
  const seen = vi.fn<(value: unknown) => void>();
  patches.accessor(prototype, 'value', ({ set }) => ({
    set: (self, args) => {
      seen(args[0]);
      set(self, args);
    },
  }));
  target.value = 7;

  expect(target.value).toBe(7);
  expect(seen).toHaveBeenCalledExactlyOnceWith(7);
  expect(functionOf(prototype, 'value', 'get')).toBe(Reflect.get(before['value'] ?? {}, 'get'));
  const setter = functionOf(prototype, 'value', 'set');
  expect([setter?.name, setter?.length]).toEqual(['set value', 1]);
});

it('gives no setter to what has none', () => {
  const { prototype, patches } = setup();
  patches.accessor(prototype, 'fixed', () => ({ get: () => 'patched', set: () => undefined }));

  expect(Reflect.get(prototype, 'fixed')).toBe('patched');
  expect(functionOf(prototype, 'fixed', 'set')).toBeUndefined();
});

it('makes no constructor', () => {
  const { prototype, replaceMethod } = setup();
  replaceMethod();
  const method = functionOf(prototype, 'method') ?? Object;

  expect('prototype' in method).toBe(false);
  expect(() => Reflect.construct(method, [])).toThrow(TypeError);
});

it('makes one method be another one’s very function', () => {
  const { prototype, patches, replaceMethod } = setup();
  Object.defineProperty(prototype, 'alias', { value: () => 'native', configurable: true });
  replaceMethod();
  patches.alias(prototype, 'alias', 'method');
  expect(Reflect.get(prototype, 'alias')).toBe(functionOf(prototype, 'method'));

  patches.restore();
  expect(Reflect.get(prototype, 'alias')).not.toBe(functionOf(prototype, 'method'));
});

it('leaves alone what is not there, and adds only what is not there', () => {
  const { prototype, before, patches } = setup();
  patches.method(prototype, 'missing', () => () => 'patched');
  patches.accessor(prototype, 'missing', () => ({ get: () => 'patched' }));
  patches.attribute(prototype, 'value', () => 'added');
  patches.alias(prototype, 'missing', 'method');
  patches.alias(prototype, 'method', 'missing');
  expect(Object.getOwnPropertyDescriptors(prototype)).toEqual(before);

  patches.attribute(prototype, 'added', () => 'added');
  expect(Reflect.get(prototype, 'added')).toBe('added');
});

it('puts back the very descriptors that were there, also where one property was replaced twice', () => {
  const { prototype, before, patches, replaceMethod } = setup();
  replaceMethod();
  replaceMethod();
  patches.accessor(prototype, 'value', () => ({ get: () => 0, set: () => undefined }));
  patches.attribute(prototype, 'added', () => 'added');
  patches.restore();

  const after = Object.getOwnPropertyDescriptors(prototype);
  expect(Reflect.ownKeys(after)).toEqual(Reflect.ownKeys(before));
  expect(after['method'].value).toBe(before['method'].value);
  expect(after['value'].get).toBe(before['value'].get);
  expect(after['value'].set).toBe(before['value'].set);
});

it('leaves what the page has put over it', () => {
  const { prototype, patches, replaceMethod } = setup();
  replaceMethod();
  const pages = () => 'the page’s';
  prototype.method = pages;
  patches.restore();

  expect(functionOf(prototype, 'method')).toBe(pages);
});

it('does nothing the second time', () => {
  const { prototype, patches, replaceMethod } = setup();
  const patched = () => 'patched';
  replaceMethod(patched);
  patches.restore();
  prototype.method = patched;
  patches.restore();

  expect(functionOf(prototype, 'method')).toBe(patched);
});
