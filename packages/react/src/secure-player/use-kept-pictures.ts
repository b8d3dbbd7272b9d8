'use client';

import type { OfflinePictures, OfflineTitles, Source } from '@secure-player/core';
import { useState, useSyncExternalStore } from 'react';

import { useCommitEffect } from '../player/use-latest.js';

type Pictures = Pick<Source, 'poster' | 'thumbnails'>;

/** What was found, and for what. */
interface Found {
  readonly titles: OfflineTitles;
  readonly id: string;
  readonly kept: OfflinePictures | null;
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
  const asks = id !== undefined && (poster ?? thumbnails) !== undefined && titles?.findPictures;

  useCommitEffect(() => {
    let isCurrent = true;
    if (asks) {
      void titles.findPictures?.(id).then((kept) => isCurrent && setFound({ titles, id, kept }));
    }
    return () => {
      isCurrent = false;
    };
  }, [!asks, titles, id]);

  if (!asks || isServerMarkup) return { poster, thumbnails };
  if (found?.titles !== titles || found.id !== id) return {};

  const { kept } = found;
  return {
    poster: poster && (kept?.poster ?? poster),
    thumbnails: thumbnails && (kept?.thumbnails ?? thumbnails),
  };
}
