'use client';

import type { OfflinePictures, OfflineTitles, Source } from '@secure-player/core';
import { useMemo, useState, useSyncExternalStore } from 'react';

import { useCommitEffect } from '../player/use-latest.js';

type Pictures = Pick<Source, 'poster' | 'thumbnails'>;

/** What was found, and for what. */
interface Found {
  readonly titles: OfflineTitles;
  readonly id: string;
  readonly kept: OfflinePictures | null;
}

const NOTHING: Pictures = Object.freeze({});
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
  const [found, setFound] = useState<Found | null>(null);
  const isServerMarkup = useSyncExternalStore(
    never,
    () => false,
    () => true,
  );
  const hasPictures = poster !== undefined || thumbnails !== undefined;
  const asks = id !== undefined && hasPictures && titles?.findPictures !== undefined;

  useCommitEffect(() => {
    if (!asks) return undefined;

    let isCurrent = true;
    const take = (kept: OfflinePictures | null) => {
      if (isCurrent) setFound({ titles, id, kept });
    };
    // What this device cannot tell, the network can.
    titles.findPictures?.(id).then(take, () => take(null));
    return () => {
      isCurrent = false;
    };
  }, [asks, titles, id]);

  return useMemo(() => {
    if (!asks || isServerMarkup) return { poster, thumbnails };
    if (found?.titles !== titles || found?.id !== id) return NOTHING;

    return {
      poster: poster && (found.kept?.poster ?? poster),
      thumbnails: thumbnails && (found.kept?.thumbnails ?? thumbnails),
    };
  }, [asks, isServerMarkup, found, titles, id, poster, thumbnails]);
}
