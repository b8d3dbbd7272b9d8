import type { EntitlementBackend } from '@secure-player/core';

import { backendQueryOptions, type BackendQueryOptions } from './backend-query-options.js';
import { securePlayerKeys, type StreamsKey } from './secure-player-keys.js';

/** What an account plays right now on one of its devices. */
export type AccountStream = Awaited<ReturnType<EntitlementBackend['listStreams']>>[number];

/** The query for what an account plays right now, on all of its devices. Asking for it takes no lease and ends none. */
export function streamsQueryOptions(
  backend: EntitlementBackend,
): BackendQueryOptions<readonly AccountStream[], StreamsKey> {
  return backendQueryOptions(securePlayerKeys.streams(backend), (signal) => backend.listStreams({ signal }));
}
