import type { Quality } from '@secure-player/core';

/** From these lines on a picture is called so. */
const NAMES = [
  [2160, '4K'],
  [1440, 'QHD'],
  [1080, 'Full HD'],
  [720, 'HD'],
] as const;

/** What viewers call a quality, or null below HD. */
export function qualityName({ height }: Quality): string | null {
  return NAMES.find(([least]) => height !== null && height >= least)?.[1] ?? null;
}

/** A quality by its lines, or by its bit rate where it has none. Told apart from `others` of the same lines by the rate. */
export function qualityLabel({ height, bandwidth }: Quality, others: readonly Quality[]): string {
  const rate = `${(bandwidth / 1_000_000).toFixed(1)} Mbit/s`;
  if (height === null) return rate;

  const isAlone = others.filter((other) => other.height === height).length < 2;
  return isAlone ? `${height}p` : `${height}p, ${rate}`;
}
