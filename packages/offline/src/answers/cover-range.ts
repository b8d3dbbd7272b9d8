import type { ByteRange } from '../manifest/media-track.js';

/** A stretch of a file that is at hand. */
export interface Stretch {
  readonly start: number;
  /** Included. */
  readonly end: number;
}

/** Which part of which stretch makes up a part of the range, from byte `from` of the stretch to before byte `to`. */
export interface Slice<S extends Stretch> {
  readonly stretch: S;
  readonly from: number;
  readonly to: number;
}

/** Puts a range together from stretches in any order, which may overlap; `null` where a byte of it is missing. */
export function coverRange<S extends Stretch>(range: ByteRange, stretches: readonly S[]): Slice<S>[] | null {
  const slices: Slice<S>[] = [];
  let next = range.start;

  while (next <= range.end) {
    // The one that reaches furthest needs the fewest reads.
    const reaching = stretches.filter(({ start, end }) => start <= next && end >= next);
    const [first, ...others] = reaching;
    if (first === undefined) return null;

    const stretch = others.reduce((best, other) => (other.end > best.end ? other : best), first);
    const last = Math.min(stretch.end, range.end);
    slices.push({ stretch, from: next - stretch.start, to: last - stretch.start + 1 });
    next = last + 1;
  }

  return slices;
}
