'use client';

import type { OfflineTitles, Pictures, Source } from '@secure-player/core';
import { useMemo, useState, useSyncExternalStore } from 'react';

import { useCommitEffect } from '../player/use-latest.js';

/** What was found, and for what. */
interface Found {
  readonly titles: OfflineTitles;
  readonly asked: Pictures;
  readonly pictures: Pictures;
}

const never = () => () => {};

/**
 * Poster and thumbnails of a source: what this device keeps of them, else the source's own. While that is looked up there are
 * none, as a browser would fetch them; markup of a server has the source's.
 */
export function useKeptPictures(
  source: Source | null | undefined,
  titles: OfflineTitles | undefined,
): Pictures {
  const { id, poster, thumbnails } = source ?? {};
  const [found, setFound] = useState<Found>();
  const isServerMarkup = useSyncExternalStore(
    never,
    () => false,
    () => true,
  );
  const asked = useMemo(() => ({ id, poster, thumbnails }), [id, poster, thumbnails]);
  const asks = titles?.findPictures && id && (poster ?? thumbnails);

  useCommitEffect(() => {
    if (!asks) return undefined;

    let isCurrent = true;
    void titles.findPictures?.(asked).then((pictures) => {
      if (isCurrent) setFound({ titles, asked, pictures });
    });
    return () => {
      isCurrent = false;
    };
  }, [asks, titles, asked]);

  if (!asks || isServerMarkup) return asked;
  return found?.titles === titles && found.asked === asked ? found.pictures : {};
}
