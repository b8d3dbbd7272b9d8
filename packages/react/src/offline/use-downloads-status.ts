'use client';

import type { PlaybackError } from '@secure-player/core';
import type { DownloadsState } from '@secure-player/offline';
import { useSyncExternalStore } from 'react';

import { STARTING, usePageDownloads } from './page-downloads.js';

/** How it is with downloads as a whole. Renders when that changes, and not with each of them. */
export function useDownloadsStatus(user: string): Pick<DownloadsState, 'status' | 'error' | 'space'> {
  const { getState, subscribe } = usePageDownloads(user);
  const status = useSyncExternalStore(
    subscribe,
    () => getState().status,
    () => STARTING.status,
  );
  const error = useSyncExternalStore<PlaybackError | null>(
    subscribe,
    () => getState().error,
    () => STARTING.error,
  );
  const space = useSyncExternalStore(
    subscribe,
    () => getState().space,
    () => STARTING.space,
  );

  return { status, error, space };
}
