'use client';

import { usePlayer } from '@secure-player/react';

/** What plays, over the picture. It renders again only when one of these three changes, not at each tick of the clock. */
export function PlayingNow() {
  const { height, keySystem, keys } = usePlayer(({ quality, drm }) => ({
    height: quality?.height,
    keySystem: drm.keySystem,
    keys: drm.keyStatuses.filter(({ status }) => status === 'usable').length,
  }));
  if (keySystem === null) return null;

  return (
    <output className="playing-now">
      {height && `${height}p · `}
      {keySystem} · {keys} {keys === 1 ? 'key' : 'keys'}
    </output>
  );
}
