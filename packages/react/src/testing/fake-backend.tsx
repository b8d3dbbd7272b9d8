import type { Entitlement, EntitlementBackend } from '@secure-player/core';
import { QueryClient, QueryClientProvider } from '@tanstack/react-query';
import type { ReactNode } from 'react';
import { onTestFinished, vi } from 'vitest';

import { SecurePlayerProvider } from '../provider/secure-player-provider.js';

/** What a {@link createFakeBackend} answers with, for a title. */
export function entitlementTo(contentId: string, plan: Entitlement['plan'] = 'premium'): Entitlement {
  return { contentId, access: 'subscription', plan, subscriptionEndsAt: null, source: { src: '/film.mpd' } };
}

/** A backend that answers at once, or as it is told. */
export function createFakeBackend(account: string | null = 'a1', plan: Entitlement['plan'] = 'premium') {
  return {
    account,
    getEntitlement: vi.fn<EntitlementBackend['getEntitlement']>(async (contentId) =>
      entitlementTo(contentId, plan),
    ),
    listStreams: vi.fn<EntitlementBackend['listStreams']>(async () => [
      { id: 's1', contentId: 'film', device: `Device of ${account}`, startedAt: 1 },
    ]),
    openPlaybackSession: vi.fn<EntitlementBackend['openPlaybackSession']>(() => new Promise(() => {})),
    renewPlaybackSession: vi.fn<EntitlementBackend['renewPlaybackSession']>(() => new Promise(() => {})),
    releaseStream: vi.fn<EntitlementBackend['releaseStream']>(async () => {}),
    endPlaybackSession: vi.fn<EntitlementBackend['endPlaybackSession']>(async () => {}),
    stopStream: vi.fn<EntitlementBackend['stopStream']>(async () => {}),
  } satisfies EntitlementBackend;
}

/** A client of TanStack Query that waits for nothing before it tries again, and a page around what asks. */
export function createQueryPage() {
  const client = new QueryClient({ defaultOptions: { queries: { retryDelay: 0 } } });
  onTestFinished(() => client.clear());

  const page = (backend: EntitlementBackend | undefined, children: ReactNode) => (
    <QueryClientProvider client={client}>
      <SecurePlayerProvider backend={backend}>{children}</SecurePlayerProvider>
    </QueryClientProvider>
  );
  const keys = () =>
    client
      .getQueryCache()
      .getAll()
      .map(({ queryKey }) => queryKey);

  return { client, page, keys };
}
