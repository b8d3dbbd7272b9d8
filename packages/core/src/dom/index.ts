export {
  CAPABILITIES_PENDING,
  probeCapabilities,
  type DrmCapabilities,
  type KeySystemCapability,
} from './capabilities/probe-capabilities.js';
export { createMediaElementPort, MEDIA_ERROR_TABLE } from './media-element-port.js';
export { answerMessage } from './media-keys/answer-message.js';
export { AttachedMediaKeys, type MediaKeysMachine } from './media-keys/attached-media-keys.js';
export { callEme } from './media-keys/call-eme.js';
export { createMediaKeys, type CreateMediaKeysOptions } from './media-keys/create-media-keys.js';
export { exchangeMessages, type SessionExchangeOptions } from './media-keys/exchange-messages.js';
export {
  holdMediaKeys,
  mediaKeysIdentity,
  type HoldOptions,
  type MediaKeysHold,
} from './media-keys/hold-media-keys.js';
export type { MediaKeysSettings } from './media-keys/media-keys-settings.js';
export { MediaKeysSlot } from './media-keys/media-keys-slot.js';
export {
  MEDIA_KEYS_IDLE,
  type MediaKeysSessionState,
  type MediaKeysState,
  type MediaKeysStatus,
} from './media-keys/media-keys-state.js';
export { readKeyStatuses } from './media-keys/read-key-statuses.js';
export type { GrantedAccess } from './media-keys/request-access.js';
export { probeKeySystem } from './probe-key-system.js';
export { createPageLifecycle } from './page-lifecycle.js';
