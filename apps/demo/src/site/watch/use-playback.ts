import type { CatalogTitle } from '@secure-player/protocol';
import { toSource, type Source } from '@secure-player/react';
import { useCallback, useEffect, useState } from 'react';

import { useSession, useSiteServices } from '../account/site-services.js';
import type { Api } from '../api/api.js';
import { ApiError, toApiError } from '../api/api-error.js';
import type { WatchFormat } from '../routes.js';
import { isRefusal, refusedSource } from './refused-source.js';

/** What the watch page has to play. */
export type Playback =
  | { readonly status: 'opening' }
  | { readonly status: 'open'; readonly source: Source }
  | { readonly status: 'failed'; readonly error: ApiError };

interface OpenedPlayback {
  readonly source: Source;
  /** Null when the server refused: the player then finds out why from the license server. */
  readonly session: { readonly id: string; readonly heartbeatSeconds: number } | null;
}

const OPENING = { status: 'opening' } as const;

/**
 * Opens a playback session, keeps it alive while the page shows, and ends it with the page. Another title, format or
 * account opens another one; the second result does so by hand.
 */
export function usePlayback(title: CatalogTitle, format: WatchFormat): readonly [Playback, () => void] {
  const { api } = useSiteServices();
  const accountId = useSession()?.account.id;
  const [playback, setPlayback] = useState<Playback>(OPENING);
  const [attempt, setAttempt] = useState(0);
  const reopen = useCallback(() => setAttempt((count) => count + 1), []);

  useEffect(() => {
    const controller = new AbortController();
    const { signal } = controller;

    setPlayback(OPENING);
    openPlayback(api, title, format).then(
      ({ source, session }) => {
        if (session) keepUntilAborted(api, session, signal);
        if (!signal.aborted) setPlayback({ status: 'open', source });
      },
      (cause: unknown) => {
        if (!signal.aborted) setPlayback({ status: 'failed', error: toApiError(cause) });
      },
    );
    return () => controller.abort();
  }, [api, title, format, accountId, attempt]);

  useReturnToPage(reopen);
  return [playback, reopen];
}

/** Not abortable: a session that the server opened must be ended, so its id must be learned. */
async function openPlayback(api: Api, title: CatalogTitle, format: WatchFormat): Promise<OpenedPlayback> {
  try {
    const { id, heartbeatSeconds, source } = await api.openPlayback({
      contentId: title.id,
      intent: 'play',
      format,
    });
    return { source: toSource(source), session: { id, heartbeatSeconds } };
  } catch (cause) {
    const error = toApiError(cause);
    const source = isRefusal(error.code) ? refusedSource(title, format) : null;
    if (!source) throw error;
    return { source, session: null };
  }
}

/** A lost heartbeat or farewell is no failure: the session ends by itself, and the next license request says so. */
function keepUntilAborted(
  api: Api,
  { id, heartbeatSeconds }: { id: string; heartbeatSeconds: number },
  signal: AbortSignal,
): void {
  const end = (): void => {
    clearInterval(timer);
    api.endPlayback(id).catch(() => {});
  };
  const timer = setInterval(() => api.renewPlayback(id, signal).catch(() => {}), heartbeatSeconds * 1000);

  if (signal.aborted) {
    end();
    return;
  }
  signal.addEventListener('abort', end, { once: true });
  addEventListener('pagehide', end, { signal });
}

/** A page that comes back from the back/forward cache ended its session when it left. */
function useReturnToPage(reopen: () => void): void {
  useEffect(() => {
    const onPageShow = ({ persisted }: PageTransitionEvent): void => {
      if (persisted) reopen();
    };
    addEventListener('pageshow', onPageShow);
    return () => removeEventListener('pageshow', onPageShow);
  }, [reopen]);
}
