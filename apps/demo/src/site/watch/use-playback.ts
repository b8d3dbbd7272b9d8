import type { CatalogTitle } from '@secure-player/protocol';
import { toSource, type Source } from '@secure-player/react';
import { useCallback, useEffect } from 'react';

import { useSession, useSiteServices } from '../account/site-services.js';
import type { Api } from '../api/api.js';
import { toApiError } from '../api/api-error.js';
import { useRequest, type RequestState } from '../api/use-request.js';
import type { WatchFormat } from '../routes.js';
import { isRefusal, refusedSource } from './refused-source.js';

interface OpenedPlayback {
  readonly source: Source;
  /** Null when the server refused: the player then finds out why from the license server. */
  readonly session: { readonly id: string; readonly heartbeatSeconds: number } | null;
}

/**
 * Opens a playback session, keeps it alive while the page shows, and ends it with the page. Another title, format or
 * account opens another one; the second result does so by hand.
 */
export function usePlayback(
  title: CatalogTitle,
  format: WatchFormat,
): readonly [RequestState<Source>, () => void] {
  const { api } = useSiteServices();
  const accountId = useSession()?.account.id ?? null;
  const load = useCallback(
    (signal: AbortSignal) => openForViewer({ api, title, format, accountId }, signal),
    [api, title, format, accountId],
  );
  const [state, reopen] = useRequest(load);

  useReturnToPage(reopen);
  return [state, reopen];
}

interface Viewing {
  readonly api: Api;
  readonly title: CatalogTitle;
  readonly format: WatchFormat;
  /** Whose rights the session was opened with. The API attaches the token by itself. */
  readonly accountId: string | null;
}

async function openForViewer({ api, title, format }: Viewing, signal: AbortSignal): Promise<Source> {
  const { source, session } = await openPlayback(api, title, format);
  if (session) keepUntilAborted(api, session, signal);

  return source;
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
