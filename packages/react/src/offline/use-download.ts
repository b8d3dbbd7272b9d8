'use client';

import type { PlaybackError, Source } from '@secure-player/core';
import type { Download, DownloadsState, StartOptions } from '@secure-player/offline';
import { useMemo, useSyncExternalStore } from 'react';

import { STARTING, usePageDownloads, type PageDownloads } from './page-downloads.js';

/** What can be done with a title. The same functions for as long as it is the same title. */
export interface DownloadActions {
  /**
   * Downloads the title: `source` is what to play of it, under this hook's `id`.
   *
   * @throws PlaybackError `source-invalid` for what cannot be downloaded whatever happens.
   */
  readonly start: (source: Source, options?: StartOptions) => Promise<void>;
  readonly pause: () => Promise<void>;
  /** Ends a pause, and tries again what failed. */
  readonly resume: () => Promise<void>;
  /** Frees all of it, the license too. */
  readonly remove: () => Promise<void>;
  readonly setPriority: (priority: number) => Promise<void>;
  /** Gets another license for what is here. @throws PlaybackError */
  readonly renewLicense: () => Promise<void>;
}

/** A title on this device; the same object while nothing changes about it. */
export interface DownloadReading extends DownloadActions {
  /** Of downloads as a whole, as in {@link DownloadsState}. */
  readonly status: DownloadsState['status'];
  /** Why downloads are `unavailable`; what is wrong with this one is in `download`. */
  readonly error: PlaybackError | null;
  /** `null` where the title is not among the downloads. */
  readonly download: Download | null;
}

/**
 * One title on this device, by its content id: renders when that one changed, and no other does.
 *
 * @throws Error without `<SecurePlayerProvider downloads>`: a mistake in the page.
 */
export function useDownload(id: string): DownloadReading {
  const page = usePageDownloads('useDownload');
  const status = usePart(page, (state) => state.status);
  const error = usePart(page, (state) => state.error);
  const download = usePart(page, ({ downloads }) => downloads.find((one) => one.id === id) ?? null);
  const actions = useMemo(() => createActions(page, id), [page, id]);

  return useMemo(
    () => Object.freeze({ status, error, download, ...actions }),
    [status, error, download, actions],
  );
}

/** A part that keeps its identity while it does not change. */
function usePart<Part>(
  { subscribe, getState }: PageDownloads,
  select: (state: DownloadsState) => Part,
): Part {
  return useSyncExternalStore(
    subscribe,
    () => select(getState()),
    () => select(STARTING),
  );
}

function createActions({ actions }: PageDownloads, id: string): DownloadActions {
  return {
    start: async (source, options) => actions.start({ ...source, id }, options),
    pause: async () => actions.pause(id),
    resume: async () => actions.resume(id),
    remove: async () => actions.remove(id),
    setPriority: async (priority) => actions.setPriority(id, priority),
    renewLicense: async () => actions.renewLicense(id),
  };
}
