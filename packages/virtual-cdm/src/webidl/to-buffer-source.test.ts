import { describe, expect, it } from 'vitest';
import { evaluateInOtherRealm } from '../testing/other-realm.js';
import { toBufferSource } from './to-buffer-source.js';

const BYTES = [1, 2, 3, 4];

function buffer(): ArrayBuffer {
  return Uint8Array.from(BYTES).buffer;
}

function detached(): ArrayBuffer {
  const source = buffer();
  structuredClone(source, { transfer: [source] });
  return source;
}

describe('accepts', () => {
  it.each([
    ['an ArrayBuffer', buffer(), BYTES],
    ['a Uint8Array', Uint8Array.from(BYTES), BYTES],
    ['an Int16Array', new Int16Array(buffer()), BYTES],
    ['a DataView', new DataView(buffer()), BYTES],
    ['a part of a buffer', new Uint8Array(buffer(), 1, 2), [2, 3]],
    ['a part seen as a DataView', new DataView(buffer(), 2), [3, 4]],
    ['an empty buffer', new ArrayBuffer(0), []],
  ])('%s', (_, source, bytes) => {
    expect([...toBufferSource(source)]).toEqual(bytes);
  });

  it.each([
    'new Uint8Array([1, 2, 3, 4]).buffer',
    'new Uint8Array([1, 2, 3, 4])',
    'new DataView(new Uint8Array([1, 2, 3, 4]).buffer)',
  ])('%s of another realm', (source) => {
    const foreign = evaluateInOtherRealm(source);

    expect(foreign).not.toBeInstanceOf(ArrayBuffer);
    expect([...toBufferSource(foreign)]).toEqual(BYTES);
  });
});

it('gives a copy in a buffer of its own', () => {
  const source = Uint8Array.from(BYTES);
  const copy = toBufferSource(source.subarray(1, 3));
  source.fill(9);

  expect([...copy]).toEqual([2, 3]);
  expect(copy.buffer.byteLength).toBe(2);
});

describe('refuses', () => {
  it.each([
    ['nothing', undefined],
    ['null', null],
    ['a string', 'abcd'],
    ['a number', 4],
    ['an array', BYTES],
    ['a forged tag', { [Symbol.toStringTag]: 'ArrayBuffer', byteLength: 4 }],
    ['what merely inherits', Object.create(buffer())],
    ['a SharedArrayBuffer', new SharedArrayBuffer(4)],
    ['a view on a SharedArrayBuffer', new Uint8Array(new SharedArrayBuffer(4))],
    ['a detached buffer', detached()],
    ['a view on a detached buffer', viewOnDetached()],
    ['a resizable buffer', resizable()],
    ['a view on a resizable buffer', new Uint8Array(resizable())],
  ])('%s', (_, source) => {
    expect(() => toBufferSource(source)).toThrow(TypeError);
  });
});

function viewOnDetached(): Uint8Array {
  const view = Uint8Array.from(BYTES);
  structuredClone(view.buffer, { transfer: [view.buffer] });
  return view;
}

function resizable(): ArrayBuffer {
  return Reflect.construct(ArrayBuffer, [4, { maxByteLength: 8 }]);
}
