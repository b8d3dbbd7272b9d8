import * as fc from 'fast-check';
import { describe, expect, it } from 'vitest';

import { coverRange } from './cover-range.js';

const FILE = Uint8Array.from({ length: 64 }, (_, index) => index);
const stretch = fc
  .tuple(fc.nat(63), fc.nat(63))
  .map(([one, other]) => ({ start: Math.min(one, other), end: Math.max(one, other) }));

describe('a range', () => {
  it('is put together byte for byte, or not at all', () => {
    fc.assert(
      fc.property(stretch, fc.array(stretch, { maxLength: 8 }), (range, stretches) => {
        const slices = coverRange(range, stretches);
        const wanted = [...FILE.slice(range.start, range.end + 1)];
        const isThere = wanted.every((byte) =>
          stretches.some(({ start, end }) => start <= byte && byte <= end),
        );

        expect(slices !== null).toBe(isThere);
        if (slices === null) return;
        const bytes = slices.flatMap(({ stretch: of, from, to }) => [
          ...FILE.slice(of.start, of.end + 1).slice(from, to),
        ]);
        expect(bytes).toEqual(wanted);
      }),
    );
  });
});
