import type { Authorize } from '../authorize/authorizer.js';
import type { Clock } from '../clock/clock.js';
import { BackendClient } from './backend-client.js';
import type { EntitlementBackend } from './entitlement-backend.js';
import { readEntitlement } from './read-entitlement.js';
import { readPlaybackSession, readStreamRefusal } from './read-playback-session.js';
import { readStreams } from './read-streams.js';

/** Options of {@link createHttpBackend}. */
export interface HttpBackendOptions {
  /** Where the server is: an absolute URL, or in a page also a path of its own such as `/`. `/v1/…` is put behind it. */
  readonly baseUrl: string;
  /** Gives requests their credentials, under the purpose `entitlement`; asked once more after a 401. */
  readonly authorize?: Authorize | undefined;
  /**
   * Who is signed in: any id that is another one for each account, never a token. Make another backend when it changes.
   *
   * @default null
   */
  readonly account?: string | null | undefined;
  /** @default the global `fetch` */
  readonly fetch?: typeof fetch | undefined;
  /** @default the clock of the machine */
  readonly clock?: Clock | undefined;
  /** How long one attempt may take until the answer has arrived whole, in milliseconds. @default 10,000 */
  readonly timeoutMs?: number | undefined;
}

/**
 * A backend that speaks to the entitlement server by HTTP.
 *
 * Each question ends in an answer or a `PlaybackError` within a bounded time: one attempt, and one more with fresh
 * credentials after a 401. Whether to ask again after a failure is up to whoever asks; TanStack Query does, by the options
 * in `@secure-player/react/query`. Making a backend does nothing, so it may be made on a server too.
 */
export function createHttpBackend(options: HttpBackendOptions): EntitlementBackend {
  const client = new BackendClient(options);

  return Object.freeze<EntitlementBackend>({
    account: options.account ?? null,
    getEntitlement: (contentId, { format, signal } = {}) => {
      const query = format === undefined ? '' : `?format=${encodeURIComponent(format)}`;
      const path = `/v1/entitlements/${encodeURIComponent(contentId)}${query}`;
      return client.send({ path, read: readEntitlement, signal });
    },
    listStreams: ({ signal } = {}) => client.send({ path: '/v1/streams', read: readStreams, signal }),
    ...sessionRequests(client),
  });
}

type SessionRequests = Omit<EntitlementBackend, 'account' | 'getEntitlement' | 'listStreams'>;

function sessionRequests(client: BackendClient): SessionRequests {
  const sessions = '/v1/playback-sessions';
  const pathOf = (id: string) => `${sessions}/${encodeURIComponent(id)}`;
  /** What ends something is sent though the page goes away, and has no answer to read. */
  const end = async (path: string) => {
    await client.send({ method: 'DELETE', path, keepalive: true, read: () => true });
  };

  return {
    openPlaybackSession: (request, { signal, idempotencyKey } = {}) =>
      client.send({
        method: 'POST',
        path: sessions,
        body: request,
        headers: idempotencyKey === undefined ? undefined : { 'idempotency-key': idempotencyKey },
        signal,
        read: readPlaybackSession,
        readRefusal: readStreamRefusal,
      }),
    renewPlaybackSession: (id, { replace, signal } = {}) =>
      client.send({
        method: 'PUT',
        path: pathOf(id),
        body: replace === undefined ? undefined : { replace },
        signal,
        read: readPlaybackSession,
        readRefusal: readStreamRefusal,
      }),
    releaseStream: (id) => end(`${pathOf(id)}/lease`),
    endPlaybackSession: (id) => end(pathOf(id)),
    stopStream: (streamId) => end(`/v1/streams/${encodeURIComponent(streamId)}`),
  };
}
