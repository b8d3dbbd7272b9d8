'use client';

import type { OfflineTitles } from '@secure-player/core';
import type { Downloads, DownloadsState } from '@secure-player/offline';
import { useContext, useEffect } from 'react';

import { SettingsContext } from '../provider/settings-context.js';

/** What can be done with the downloads of a page, in functions that can be handed on: `this` does not matter to them. */
export type DownloadsActions = Pick<
  Downloads,
  'start' | 'pause' | 'resume' | 'remove' | 'setPriority' | 'renewLicense' | 'inspect' | 'setMeteredAllowed'
>;

/** The downloads of a page, as the hooks read them. */
export interface PageDownloads {
  readonly actions: DownloadsActions;
  readonly getState: () => DownloadsState;
  readonly subscribe: (listener: () => void) => () => void;
}

/** On a server, and while a page is hydrated. */
export const STARTING: DownloadsState = Object.freeze({
  status: 'starting',
  error: null,
  downloads: Object.freeze([]),
  space: null,
  isOwner: false,
});

/** One for each `Downloads`, so that all components share the same functions. */
const known = new WeakMap<Downloads, PageDownloads>();

/**
 * The downloads of the nearest provider. Mounting begins their work in this tab.
 *
 * @throws Error where there are none: a mistake in the page, not a state of a download.
 */
export function usePageDownloads(user: string): PageDownloads {
  const downloads = useContext(SettingsContext)?.downloads;
  if (!downloads || !isDownloads(downloads)) {
    throw new Error(
      `${user} needs downloads: make them once by createDownloads of @secure-player/react/offline, outside of rendering, and render this below <SecurePlayerProvider downloads={downloads}>.`,
    );
  }
  useEffect(() => downloads.begin(), [downloads]);

  return known.get(downloads) ?? remember(downloads);
}

/** A provider takes anything to play from; the hooks need what `createDownloads` makes. */
function isDownloads(titles: OfflineTitles): titles is Downloads {
  return 'getState' in titles && 'subscribe' in titles && 'begin' in titles;
}

function remember(downloads: Downloads): PageDownloads {
  const actions: DownloadsActions = Object.freeze({
    start: async (source, options) => downloads.start(source, options),
    pause: async (id) => downloads.pause(id),
    resume: async (id) => downloads.resume(id),
    remove: async (id) => downloads.remove(id),
    setPriority: async (id, priority) => downloads.setPriority(id, priority),
    renewLicense: async (id) => downloads.renewLicense(id),
    inspect: async (source, options) => downloads.inspect(source, options),
    setMeteredAllowed: async (isAllowed) => downloads.setMeteredAllowed(isAllowed),
  });
  const page = Object.freeze({
    actions,
    getState: () => downloads.getState(),
    subscribe: (listener: () => void) => downloads.subscribe(listener),
  });
  known.set(downloads, page);

  return page;
}
