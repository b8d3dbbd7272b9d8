'use client';

import type { Entitlement, PlaybackError } from '@secure-player/core';
import { useQuery, type UseQueryResult } from '@tanstack/react-query';

import { useBackend } from '../provider/secure-player-provider.js';
import { entitlementQueryOptions } from './entitlement-query-options.js';
import type { EntitlementFormat } from './secure-player-keys.js';
import { useAccountChange } from './use-account-change.js';

/** Options of {@link useEntitlement}. */
export interface UseEntitlementOptions extends EntitlementFormat {
  /** Whether to ask at all, such as only for a title that the pointer is on. @default true */
  readonly enabled?: boolean | undefined;
}

/**
 * What the viewer may do with a title, and what to play: a `useQuery` result whose `data.source` goes into `<SecurePlayer>`
 * and whose `error` is a `PlaybackError`.
 *
 * The answer belongs to the account of the provider's backend; another account asks anew. For Suspense, give
 * `entitlementQueryOptions(backend, contentId)` to `useSuspenseQuery`.
 *
 * @throws Error below no `<SecurePlayerProvider backend>` or no `<QueryClientProvider>`.
 */
export function useEntitlement(
  contentId: string,
  { format, enabled = true }: UseEntitlementOptions = {},
): UseQueryResult<Entitlement, PlaybackError> {
  const backend = useBackend('useEntitlement');
  const result = useQuery({ ...entitlementQueryOptions(backend, contentId, { format }), enabled });

  useAccountChange(backend);
  return result;
}
