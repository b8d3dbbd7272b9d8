import { describe, expect, it } from 'vitest';
import { ByteReader } from './byte-reader.js';

describe('ByteReader', () => {
  it('reads numbers of both byte orders', () => {
    const reader = new ByteReader(Uint8Array.from({ length: 28 }, (_, index) => index));

    expect(reader.uint8('a')).toBe(0x00);
    expect(reader.uint16('b')).toBe(0x0102);
    expect(reader.uint24('c')).toBe(0x03_0405);
    expect(reader.uint32('d')).toBe(0x0607_0809);
    expect(reader.uint16LittleEndian('e')).toBe(0x0b0a);
    expect(reader.uint32LittleEndian('f')).toBe(0x0f0e_0d0c);
    expect([...reader.bytes(2, 'g')]).toEqual([0x10, 0x11]);
    expect({ offset: reader.offset, remaining: reader.remaining }).toEqual({ offset: 18, remaining: 10 });
  });

  it('stays inside its window, and counts offsets from the start of the input', () => {
    const reader = new ByteReader(new Uint8Array(100), 10, 14);
    reader.skip(2, 'first');

    expect(() => reader.uint32('second')).toThrow(
      expect.objectContaining({ code: 'truncated', field: 'second', offset: 12 }),
    );
    expect(() => reader.bytes(3, 'third')).toThrow(
      expect.objectContaining({ code: 'truncated', field: 'third', offset: 12 }),
    );
    expect(reader.bytes(2, 'fourth')).toEqual(new Uint8Array(2));
  });

  it('reads 64-bit numbers that JavaScript can count with, and refuses others', () => {
    const largest = Uint8Array.of(0, 0x1f, 255, 255, 255, 255, 255, 255);
    const beyond = Uint8Array.of(0, 0x20, 0, 0, 0, 0, 0, 0);

    expect(new ByteReader(largest).uint64('size')).toBe(Number.MAX_SAFE_INTEGER);
    expect(() => new ByteReader(beyond).uint64('size')).toThrow(
      expect.objectContaining({ code: 'oversized', field: 'size', offset: 0 }),
    );
  });

  it('reads a view into a larger buffer, and copies what it gives away', () => {
    const buffer = new Uint8Array([9, 9, 1, 2, 3]);
    const copy = new ByteReader(buffer.subarray(2)).bytes(3, 'data');
    buffer.fill(0);

    expect([...copy]).toEqual([1, 2, 3]);
    expect(copy.buffer.byteLength).toBe(3);
  });
});
