import { describe, expect, it, vi } from 'vitest';
import { replaceStatuses, VirtualMediaKeyStatusMap } from './key-status-map.js';
import type { KeyStatus } from './key-status.js';

function mapOf(...statuses: (readonly [keyId: number[], status: KeyStatus])[]): VirtualMediaKeyStatusMap {
  const map = new VirtualMediaKeyStatusMap();
  replaceStatuses(
    map,
    statuses.map(([keyId, status]) => [Uint8Array.from(keyId), status]),
  );
  return map;
}

function plain(map: Iterable<[ArrayBuffer, KeyStatus]>): [number[], KeyStatus][] {
  return [...map].map(([keyId, status]) => [[...new Uint8Array(keyId)], status]);
}

/** Calls a member with whatever a page may call it with, on whatever object. */
function call(self: unknown, member: string, ...args: readonly unknown[]): unknown {
  return Reflect.apply(Reflect.get(VirtualMediaKeyStatusMap.prototype, member), self, args);
}

const EMPTY = new VirtualMediaKeyStatusMap();
const TWO = mapOf([[1, 2], 'usable'], [[3], 'expired']);

describe('look-up', () => {
  it('finds a status by any BufferSource of the same bytes', () => {
    const bytes = Uint8Array.from([9, 1, 2, 9]);

    for (const keyId of [
      Uint8Array.from([1, 2]),
      Uint8Array.from([1, 2]).buffer,
      bytes.subarray(1, 3),
      new DataView(bytes.buffer, 1, 2),
    ]) {
      expect(TWO.has(keyId)).toBe(true);
      expect(TWO.get(keyId)).toBe('usable');
    }
  });

  it.each([[[]], [[1]], [[1, 2, 0]], [[2, 1]], [[1, 3]]])('has nothing for %j', (keyId) => {
    expect(TWO.has(Uint8Array.from(keyId))).toBe(false);
    expect(TWO.get(Uint8Array.from(keyId))).toBeUndefined();
  });

  it.each([undefined, null, '', 'AQI', 1, [1, 2], {}, new SharedArrayBuffer(2)])(
    'throws for what is no BufferSource: %s',
    (keyId) => {
      expect(() => call(TWO, 'has', keyId)).toThrow(TypeError);
      expect(() => call(TWO, 'get', keyId)).toThrow(TypeError);
    },
  );

  it('throws without an argument', () => {
    expect(() => call(TWO, 'has')).toThrow(TypeError);
    expect(() => call(TWO, 'get')).toThrow(TypeError);
  });
});

describe('iteration', () => {
  it('goes by key id: byte by byte, and the beginning of a longer one first', () => {
    const long = Array.from({ length: 512 }, () => 1);
    const map = mapOf(
      [[2], 'usable'],
      [long, 'expired'],
      [[1, 255], 'released'],
      [[0, 0, 0], 'usable'],
      [[1], 'status-pending'],
      [[0, 0], 'internal-error'],
    );

    expect(plain(map).map(([keyId]) => keyId)).toEqual([[0, 0], [0, 0, 0], [1], long, [1, 255], [2]]);
  });

  it('gives pairs, key ids and statuses', () => {
    expect(plain(TWO)).toEqual([
      [[1, 2], 'usable'],
      [[3], 'expired'],
    ]);
    expect(plain(TWO.entries())).toEqual(plain(TWO));
    expect([...TWO.keys()].map((keyId) => [...new Uint8Array(keyId)])).toEqual([[1, 2], [3]]);
    expect([...TWO.values()]).toEqual(['usable', 'expired']);
  });

  it('is empty for an empty map', () => {
    expect(EMPTY.size).toBe(0);
    expect([...EMPTY, ...EMPTY.entries(), ...EMPTY.keys(), ...EMPTY.values()]).toEqual([]);
  });

  it('gives an ArrayBuffer of its own each time', () => {
    const [first] = TWO.keys();
    const [second] = TWO.keys();
    new Uint8Array(first ?? new ArrayBuffer(0)).fill(9);

    expect(Object.prototype.toString.call(first)).toBe('[object ArrayBuffer]');
    expect(second).not.toBe(first);
    expect(plain(TWO)[0]?.[0]).toEqual([1, 2]);
  });

  it('keeps to what there was when it began', () => {
    const map = mapOf([[1], 'usable'], [[2], 'usable']);
    const entries = map.entries();
    entries.next();
    replaceStatuses(map, []);

    expect(plain(entries)).toEqual([[[2], 'usable']]);
    expect(map.size).toBe(0);
  });

  it('can be iterated by its own iterators', () => {
    const entries = TWO.entries();

    expect(entries[Symbol.iterator]()).toBe(entries);
  });
});

describe('forEach', () => {
  it('calls with status, key id, map and the given this', () => {
    const callback = vi.fn();
    const self = {};
    TWO.forEach(callback, self);

    expect(callback.mock.calls).toEqual([
      ['usable', Uint8Array.from([1, 2]).buffer, TWO],
      ['expired', Uint8Array.from([3]).buffer, TWO],
    ]);
    expect(callback.mock.contexts).toEqual([self, self]);
    expect(TWO.forEach(callback)).toBeUndefined();
  });

  it('goes on over its snapshot when the map changes', () => {
    const map = mapOf([[1], 'usable'], [[2], 'usable']);
    const seen: KeyStatus[] = [];
    map.forEach((status) => {
      seen.push(status);
      replaceStatuses(map, []);
    });

    expect(seen).toEqual(['usable', 'usable']);
  });

  it('throws for what is no function, also where there is nothing to call it with', () => {
    expect(() => call(EMPTY, 'forEach')).toThrow(TypeError);
    expect(() => call(TWO, 'forEach', {})).toThrow(TypeError);
  });
});

describe('replaceStatuses', () => {
  it('replaces everything and leaves the object', () => {
    const map = mapOf([[1], 'usable']);
    replaceStatuses(map, [[Uint8Array.from([2]), 'expired']]);

    expect(plain(map)).toEqual([[[2], 'expired']]);
    expect(map.size).toBe(1);
  });

  it('keeps the last status of a key id that comes twice', () => {
    expect(plain(mapOf([[1], 'usable'], [[2], 'usable'], [[1], 'expired']))).toEqual([
      [[1], 'expired'],
      [[2], 'usable'],
    ]);
  });

  it('copies the key ids', () => {
    const keyId = Uint8Array.from([1]);
    const map = new VirtualMediaKeyStatusMap();
    replaceStatuses(map, [[keyId, 'usable']]);
    keyId.fill(9);

    expect(plain(map)).toEqual([[[1], 'usable']]);
  });

  it.each([0, 513])('refuses a key id of %d bytes and changes nothing', (length) => {
    const map = mapOf([[1], 'usable']);

    expect(() =>
      replaceStatuses(map, [
        [Uint8Array.from([2]), 'usable'],
        [new Uint8Array(length), 'usable'],
      ]),
    ).toThrow(RangeError);
    expect(plain(map)).toEqual([[[1], 'usable']]);
  });
});

describe('the interface', () => {
  it('has its class string', () => {
    expect(Object.prototype.toString.call(TWO)).toBe('[object MediaKeyStatusMap]');
  });

  it('has all members on the prototype, and none that writes', () => {
    expect(Reflect.ownKeys(TWO)).toEqual([]);
    expect(Reflect.ownKeys(VirtualMediaKeyStatusMap.prototype)).toEqual([
      'constructor',
      'size',
      'has',
      'get',
      'entries',
      'keys',
      'values',
      'forEach',
      Symbol.iterator,
      Symbol.toStringTag,
    ]);
    expect(Reflect.set(TWO, 'size', 7)).toBe(false);
    expect(TWO.size).toBe(2);
  });

  it('iterates by entries itself', () => {
    const { prototype } = VirtualMediaKeyStatusMap;

    expect(Reflect.get(prototype, Symbol.iterator)).toBe(Reflect.get(prototype, 'entries'));
  });

  it.each([
    ['a Map', () => new Map()],
    ['what inherits from one', (): unknown => Object.create(TWO)],
    ['the prototype', () => VirtualMediaKeyStatusMap.prototype],
  ])('throws a TypeError on an object that is none: %s', (_, make) => {
    const other = make();

    expect(() => Reflect.get(VirtualMediaKeyStatusMap.prototype, 'size', other)).toThrow(TypeError);
    for (const member of ['has', 'get', 'entries', 'keys', 'values', 'forEach']) {
      expect(() => call(other, member, Uint8Array.from([1]))).toThrow(TypeError);
    }
  });
});
