'use client';

import { resolveSource, type PrefetchOptions, type Prefetcher, type Source } from '@secure-player/core';
import { useContext, useMemo } from 'react';

import { createPageAuthorizer, type PageCredentials } from '../player/create-page-authorizer.js';
import { useLatest } from '../player/use-latest.js';
import { useSecurePlayerSettings } from '../provider/secure-player-provider.js';
import type { SecurePlayerSettings } from '../provider/settings-context.js';
import { PrefetcherContext } from './prefetcher-context.js';

/** Fetches ahead for a source; what it returns calls that off. */
export type Prefetch = (source: Source, options?: PrefetchOptions) => () => void;

type PrefetchSettings = PageCredentials & Pick<SecurePlayerSettings, 'downloads'>;

/**
 * Fetches ahead what a player will need before its first frame: the streaming engine's code for the format, and the manifest
 * with the page's credentials. It takes no lease and gets no license, so it may be called for a title that is only looked at.
 *
 * Call it in an event handler or an effect, such as when the pointer comes to a title. What has come is used by the next
 * `<SecurePlayer>` in this page that loads the same `src` with the same credentials within 30 seconds, and is not called off
 * when the component goes away: a click on a title usually takes its list with it. Nothing is reported: what could not be
 * had, the player asks for itself. Of a title that is among the provider's `downloads` only the code is fetched. The function
 * keeps its identity.
 */
export function usePrefetch(): Prefetch {
  const { authorize, authorizedOrigins, downloads } = useSecurePlayerSettings();
  const latest = useLatest({ authorize, authorizedOrigins, downloads });
  const prefetcher = useContext(PrefetcherContext);

  return useMemo(() => createPrefetch(() => latest.current, prefetcher), [latest, prefetcher]);
}

function createPrefetch(page: () => PrefetchSettings, prefetcher: Prefetcher): Prefetch {
  const authorizer = createPageAuthorizer(page);

  return (source, options) => {
    const controller = new AbortController();
    const resolved = tryResolve(source);
    if (resolved) {
      const { signal } = controller;
      const { downloads: offlineTitles } = page();
      void prefetcher({ ...options, source: resolved, authorizer, offlineTitles, signal });
    }

    return () => controller.abort();
  };
}

/** What is wrong with a source is told when it is played. */
function tryResolve(source: Source) {
  try {
    return resolveSource(source);
  } catch {
    return null;
  }
}
