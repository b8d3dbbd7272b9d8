import { describe, expect, it } from 'vitest';

import { BodyBuffers } from './body-buffers.js';

const MB = 1024 * 1024;

describe('buffers of bodies', () => {
  it('hold what was asked for, and little more', () => {
    const buffers = new BodyBuffers();
    for (const bytes of [1, 65_536, 65_537, 100_001, 900_001, 2 * MB + 1, 9 * MB]) {
      const { byteLength } = buffers.take(bytes);
      expect(byteLength).toBeGreaterThanOrEqual(bytes);
      expect(byteLength).toBeLessThanOrEqual(Math.max(bytes * 1.25, 65_536));
    }
  });

  it('are handed out again, the smallest that fits first, to one at a time', () => {
    const buffers = new BodyBuffers();
    const [small, large] = [buffers.take(100_000), buffers.take(1_000_000)];
    buffers.give(large);
    buffers.give(small);
    expect(buffers.take(90_000)).toBe(small);
    expect(buffers.take(90_000)).toBe(large);
    expect([small, large]).not.toContain(buffers.take(90_000));
  });

  it('are let go beyond what is under way, the oldest first', () => {
    const buffers = new BodyBuffers();
    const many = Array.from({ length: 12 }, () => buffers.take(MB));
    for (const buffer of many) buffers.give(buffer);
    const again = many.map(() => buffers.take(MB));
    expect(new Set(again.filter((buffer) => many.includes(buffer)))).toEqual(new Set(many.slice(4)));
  });

  it('are all let go at the end', () => {
    const buffers = new BodyBuffers();
    const buffer = buffers.take(MB);
    buffers.give(buffer);
    buffers.clear();
    expect(buffers.take(MB)).not.toBe(buffer);
  });
});
