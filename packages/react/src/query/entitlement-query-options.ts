import type { Entitlement, EntitlementBackend } from '@secure-player/core';

import { backendQueryOptions, type BackendQueryOptions } from './backend-query-options.js';
import { securePlayerKeys, type EntitlementFormat, type EntitlementKey } from './secure-player-keys.js';

/**
 * The query for what an account may do with a title, and for what to play. It takes no lease, so it may be asked for as soon
 * as a title is in sight, and again at any time.
 *
 * Its errors are `PlaybackError`s; a refusal such as `subscription-expired` is not asked for again.
 */
export function entitlementQueryOptions(
  backend: EntitlementBackend,
  contentId: string,
  { format }: EntitlementFormat = {},
): BackendQueryOptions<Entitlement, EntitlementKey> {
  return backendQueryOptions(securePlayerKeys.entitlement(backend, contentId, { format }), (signal) =>
    backend.getEntitlement(contentId, { format, signal }),
  );
}
