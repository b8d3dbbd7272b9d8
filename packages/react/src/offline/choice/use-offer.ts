'use client';

import { toPlaybackError, type PlaybackError, type Source } from '@secure-player/core';
import type { DownloadOffer, DownloadPreferences } from '@secure-player/offline';
import { useEffect, useState } from 'react';

import { useLatest } from '../../player/use-latest.js';
import { usePageDownloads } from '../page-downloads.js';

/** What can be downloaded of a title, as far as it is known. */
export type OfferReading =
  | { readonly status: 'unread' | 'reading' }
  | { readonly status: 'ready'; readonly offer: DownloadOffer }
  | { readonly status: 'failed'; readonly error: PlaybackError };

const UNREAD: OfferReading = Object.freeze({ status: 'unread' });
const READING: OfferReading = Object.freeze({ status: 'reading' });

/** Reads a title's manifest while `isWanted`, once for each title. */
export function useOffer(
  source: Source,
  preferences: DownloadPreferences | undefined,
  isWanted: boolean,
): { readonly reading: OfferReading; readonly readAgain: () => void } {
  const { actions } = usePageDownloads('<DownloadButton>');
  const [attempt, setAttempt] = useState(0);
  const { id, src, type } = source;
  // Another title has another reading, without a render in between.
  const key = `${id} ${src} ${type} ${attempt}`;
  const [known, setKnown] = useState<{ key: string; reading: OfferReading }>({ key, reading: UNREAD });
  const latest = useLatest({ source, preferences });
  const isRead = known.key === key && known.reading.status === 'ready';

  useEffect(() => {
    if (!isWanted || isRead) return undefined;

    const controller = new AbortController();
    const { signal } = controller;
    const tell = (reading: OfferReading) => {
      if (!signal.aborted) setKnown({ key, reading });
    };
    tell(READING);
    const { current } = latest;
    actions.inspect(current.source, { ...current.preferences, signal }).then(
      (offer) => tell({ status: 'ready', offer }),
      (cause: unknown) => tell({ status: 'failed', error: toPlaybackError(cause, 'unknown') }),
    );

    return () => controller.abort();
  }, [actions, key, isWanted, isRead, latest]);

  return {
    reading: known.key === key ? known.reading : isWanted ? READING : UNREAD,
    readAgain: () => setAttempt(attempt + 1),
  };
}
