'use client';

import type { DownloadsState } from '@secure-player/offline';
import { useMemo, useSyncExternalStore } from 'react';

import { STARTING, usePageDownloads } from '../page-downloads.js';

const NONE: readonly string[] = Object.freeze([]);

/** Which titles are among the downloads, in their order: the same array until one comes or goes. */
export function useDownloadIds(): readonly string[] {
  const { getState, subscribe } = usePageDownloads('<DownloadList>');
  const read = useMemo(() => createReader(getState), [getState]);

  return useSyncExternalStore(subscribe, read, readNone);
}

function createReader(getState: () => DownloadsState): () => readonly string[] {
  let seen = STARTING.downloads;
  let ids = NONE;

  return () => {
    const { downloads } = getState();
    if (downloads === seen) return ids;

    seen = downloads;
    const now = downloads.map(({ id }) => id);
    if (now.join('\n') !== ids.join('\n')) ids = Object.freeze(now);

    return ids;
  };
}

function readNone(): readonly string[] {
  return NONE;
}
