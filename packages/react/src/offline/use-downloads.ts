'use client';

import type { DownloadsState } from '@secure-player/offline';
import { useMemo, useSyncExternalStore } from 'react';

import { STARTING, usePageDownloads, type DownloadsActions } from './page-downloads.js';

/** The downloads of this device and what can be done with them; the same object while nothing changes. */
export interface DownloadsReading extends DownloadsState, DownloadsActions {}

/**
 * All downloads of this device. Renders with each of their changes: a component about one title takes `useDownload(id)`.
 * `starting` on a server and while a page is hydrated.
 *
 * @throws Error without `<SecurePlayerProvider downloads>`: a mistake in the page.
 */
export function useDownloads(): DownloadsReading {
  const { actions, getState, subscribe } = usePageDownloads('useDownloads');
  const state = useSyncExternalStore(subscribe, getState, readStarting);

  return useMemo(() => Object.freeze({ ...state, ...actions }), [state, actions]);
}

function readStarting(): DownloadsState {
  return STARTING;
}
