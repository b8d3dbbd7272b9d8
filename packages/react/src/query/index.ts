export type { BackendQueryOptions } from './backend-query-options.js';
export { entitlementQueryOptions } from './entitlement-query-options.js';
export {
  securePlayerKeys,
  type EntitlementFormat,
  type EntitlementKey,
  type KeyOwner,
  type SecurePlayerKeys,
  type StreamsKey,
} from './secure-player-keys.js';
export { streamsQueryOptions, type AccountStream } from './streams-query-options.js';
export { useEntitlement, type UseEntitlementOptions } from './use-entitlement.js';
export { useStreams, type UseStreamsOptions } from './use-streams.js';
