import type { Source } from '@secure-player/core';

import type { Choosable } from './choose-tracks.js';

/**
 * The tracks that the viewer has a right to: a taller picture would be downloaded for nothing, as its key is never given. Where
 * all are taller, they are left to the license server to refuse.
 */
export function withinCaps<T extends Choosable>(tracks: readonly T[], caps: Source['caps']): readonly T[] {
  const maxHeight = caps?.maxHeight;
  if (maxHeight === undefined) return tracks;

  const isTooTall = ({ kind, height }: Choosable) => kind === 'video' && (height ?? 0) > maxHeight;
  const isAnyLeft = tracks.some((track) => track.kind === 'video' && !isTooTall(track));
  return isAnyLeft ? tracks.filter((track) => !isTooTall(track)) : tracks;
}
