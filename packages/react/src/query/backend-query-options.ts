import { isPlaybackError, type PlaybackError, type PlaybackErrorCode } from '@secure-player/core';
import type { DataTag, QueryFunction, QueryKey } from '@tanstack/react-query';

/** Options of one query, for `useQuery`, `useSuspenseQuery`, `prefetchQuery` and whatever else takes them. */
export interface BackendQueryOptions<Answer, Key extends QueryKey> {
  readonly queryKey: DataTag<Key, Answer>;
  readonly queryFn: QueryFunction<Answer, Key>;
  /** Asks again where the server failed or was not reached, and never where it refused. */
  readonly retry: (failureCount: number, error: PlaybackError) => boolean;
}

/** Failures that another attempt may not meet. All others are an answer: asking again gives the same one. */
const TRANSIENT: ReadonlySet<PlaybackErrorCode> = new Set([
  'entitlement-failed',
  'license-server-error',
  'license-unreachable',
  'license-timeout',
]);

const MAX_RETRIES = 2;

/** Options for one question to a backend. */
export function backendQueryOptions<Answer, Key extends QueryKey>(
  queryKey: Key,
  ask: (signal: AbortSignal) => Promise<Answer>,
): BackendQueryOptions<Answer, Key> {
  return {
    queryKey: queryKey as DataTag<Key, Answer>,
    // Reading the signal is what makes TanStack Query abort a request that nobody waits for any more.
    queryFn: async ({ signal }) => {
      // StrictMode mounts, unmounts and mounts again within one turn: what it takes back is never sent.
      await Promise.resolve();
      signal.throwIfAborted();

      return ask(signal);
    },
    retry: (failureCount, error) =>
      failureCount < MAX_RETRIES && isPlaybackError(error) && TRANSIENT.has(error.code),
  };
}
