'use client';

import type { PlaybackError } from '@secure-player/core';
import { useQuery, type UseQueryResult } from '@tanstack/react-query';

import { useBackend } from '../provider/secure-player-provider.js';
import { streamsQueryOptions, type AccountStream } from './streams-query-options.js';
import { useAccountChange } from './use-account-change.js';

/** Options of {@link useStreams}. */
export interface UseStreamsOptions {
  /** Whether to ask at all. @default true */
  readonly enabled?: boolean | undefined;
}

/**
 * What the viewer's account plays right now, on all of its devices: a `useQuery` result whose `error` is a `PlaybackError`.
 * It is as old as the last request: `refetch()` asks anew, and so does TanStack Query when the page gets the focus.
 *
 * @throws Error below no `<SecurePlayerProvider backend>` or no `<QueryClientProvider>`.
 */
export function useStreams({ enabled = true }: UseStreamsOptions = {}): UseQueryResult<
  readonly AccountStream[],
  PlaybackError
> {
  const backend = useBackend('useStreams');
  const result = useQuery({ ...streamsQueryOptions(backend), enabled });

  useAccountChange(backend);
  return result;
}
