import type { CatalogTitle, PlaybackIntent } from '@secure-player/protocol';
import { toSource, type Source } from '@secure-player/react';
import { useCallback } from 'react';

import { useSession, useSiteServices } from '../account/site-services.js';
import type { Api } from '../api/api.js';
import { toApiError } from '../api/api-error.js';
import { useRequest, type RequestState } from '../api/use-request.js';
import type { WatchFormat } from '../routes.js';
import { isRefusal, refusedSource } from './refused-source.js';

/**
 * Opens a playback session, and ends it with the page; the player keeps it alive, and its stream. Another title, format or
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

  return useRequest(load);
}

interface Viewing {
  readonly api: Api;
  readonly title: CatalogTitle;
  readonly format: WatchFormat;
  /** Whose rights the session was opened with. The API attaches the token by itself. */
  readonly accountId: string | null;
}

/** The end of the session before: until the server knows, its stream counts. */
let farewell: Promise<void> = Promise.resolve();

async function openForViewer(viewing: Viewing, signal: AbortSignal): Promise<Source> {
  await farewell;
  signal.throwIfAborted();

  // Not abortable: a session that the server opened must be ended, so its id must be learned.
  const source = await openWithin(viewing);
  if (source.session) endWithPage(viewing.api, source.session.id, signal);
  return source;
}

/** Where it is refused, the player is to say why: by its license server, or as it asks for a stream. */
async function openWithin(viewing: Viewing): Promise<Source> {
  try {
    return await open(viewing, 'play');
  } catch (cause) {
    const error = toApiError(cause);
    if (error.code === 'stream-limit-reached') return openWithoutStream(viewing);

    const source = isRefusal(error.code) ? refusedSource(viewing.title, viewing.format) : null;
    if (!source) throw error;
    return source;
  }
}

/** A session that may take a stream over. Until it has one, nothing plays. */
async function openWithoutStream(viewing: Viewing): Promise<Source> {
  const { session, ...source } = await open(viewing, 'prefetch');

  return { ...source, session: session && { ...session, takesStream: 'at-once' } };
}

async function open({ api, title, format }: Viewing, intent: PlaybackIntent): Promise<Source> {
  const { source } = await api.openPlayback({ contentId: title.id, intent, format });

  return toSource(source);
}

/** A page that may come back from the back/forward cache keeps its session, and a lost farewell does no harm: it ends by itself. */
function endWithPage(api: Api, id: string, signal: AbortSignal): void {
  const end = (): void => {
    farewell = api.endPlayback(id).catch(() => {});
  };
  const onPageHide = ({ persisted }: PageTransitionEvent): void => {
    if (!persisted) end();
  };

  if (signal.aborted) {
    end();
    return;
  }
  signal.addEventListener('abort', end, { once: true });
  addEventListener('pagehide', onPageHide, { signal });
}
