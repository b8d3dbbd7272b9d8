export {
  Authorizer,
  type Authorize,
  type AuthorizeAnswer,
  type AuthorizePurpose,
  type AuthorizeReason,
  type AuthorizeRequest,
  type AuthorizerOptions,
} from './authorize/authorizer.js';
export { createHttpBackend, type HttpBackendOptions } from './backend/create-http-backend.js';
export { createHttpOfflineBackend } from './backend/create-http-offline-backend.js';
export type {
  BackendRequestOptions,
  Entitlement,
  EntitlementBackend,
  EntitlementRequestOptions,
  OpenSessionOptions,
  PlaybackSession,
  PlaybackSessionAnswer,
  RenewSessionOptions,
  StreamRefusal,
} from './backend/entitlement-backend.js';
export type {
  OfflineBackend,
  OfflineLicenseGrant,
  OfflineLicenseCheck,
  OfflineLicenseList,
  OpenOfflineLicenseOptions,
} from './backend/offline-backend.js';
export { systemClock, type Clock } from './clock/clock.js';
export { EME_ERROR_TABLE, errorFromEme, type EmeException, type EmeMethod } from './error/eme-error.js';
export type { ErrorRow, Recovery } from './error/error-row.js';
export { ERROR_TABLE, PLAYBACK_ERROR_CODES, type PlaybackErrorCode } from './error/error-table.js';
export { HTTP_ERROR_TABLE, httpErrorCode, type HttpOutcome } from './error/http-error.js';
export {
  isPlaybackError,
  PlaybackError,
  toPlaybackError,
  type PlaybackErrorDocument,
  type PlaybackErrorOptions,
} from './error/playback-error.js';
export { errorFromAnswer, PROBLEM_ERROR_TABLE } from './error/problem-error.js';
export { redactText, type RedactedCause } from './error/redact.js';
export { isSameBytes } from './init-data/is-same-bytes.js';
export { loadKeyIdReader, type KeyIdReader } from './init-data/read-pssh-key-ids.js';
export { chooseKeySystem, type KeySystemProbe } from './key-system/choose-key-system.js';
export { DEFAULT_KEY_STATUS_POLICY, type KeyStatusPolicy } from './license/key-status-policy.js';
export {
  LICENSE_TIMEOUT_MS,
  LicenseClient,
  type LicenseClientOptions,
  type LicenseExchange,
} from './license/license-client.js';
export {
  isLicenseError,
  licenseStatusOf,
  type LicenseSituation,
  type LicenseStatus,
} from './license/license-status.js';
export { RenewalWatch, type RenewalWatchOptions } from './license/renewal-watch.js';
export { toBytes } from './license/to-bytes.js';
export { unwrapPlayReadyMessage, type UnwrappedMessage } from './license/unwrap-playready-message.js';
export { ARABIC_MESSAGES } from './messages/arabic-messages.js';
export type { ControlMessages } from './messages/control-messages.js';
export { createMessages, type MessageOverrides } from './messages/create-messages.js';
export { ENGLISH_MESSAGES } from './messages/english-messages.js';
export type { ErrorMessage, ErrorMessages, ViewerMessages } from './messages/viewer-messages.js';
export type {
  OfflineAnswer,
  OfflineRequest,
  OfflineTitle,
  OfflineTitleLicense,
  OfflineTitles,
  Pictures,
  StoredSession,
} from './offline/offline-titles.js';
export type { CmcdOptions } from './player/cmcd-options.js';
export type { MediaListener, MediaPort, MediaState } from './player/media-port.js';
export { Player, type PlayerOptions } from './player/player.js';
export type { PlayerActions } from './player/player-actions.js';
export type {
  EngineListener,
  EngineLoadOptions,
  EngineOptions,
  EngineState,
  PlayerEngine,
  PlayerEngineFactory,
} from './player/player-engine.js';
export {
  IDLE_STATE,
  NO_DRM,
  type DrmState,
  type KeyStatusEntry,
  type LicenseRenewal,
  type MediaTrack,
  type PlaybackNotice,
  type PlayerState,
  type Quality,
  type TimeSpan,
  type UnusableReason,
} from './player/player-state.js';
export { nextStatus, type PlayerStatus, type StatusEvent } from './player/player-status.js';
export { DEFAULT_KIND, type TextTrackSource } from './player/text-track-source.js';
export type {
  PreferredLanguages,
  PreferredTracks,
  TrackPreference,
  TrackPreferences,
  TrackWish,
} from './player/track-wishes.js';
export { SUSPENSION_MS, type Detach, type DetachOptions } from './player/suspension.js';
export type { Prefetcher, PrefetchOptions, PrefetchRequest } from './prefetch/prefetcher.js';
export { axinom, type AxinomOptions } from './presets/axinom.js';
export { doverunner, type DoverunnerOptions } from './presets/doverunner.js';
export { drmtoday, type DrmtodayOptions, type DrmtodaySession } from './presets/drmtoday.js';
export { ezdrm, type EzdrmOptions } from './presets/ezdrm.js';
export type { VendorToken } from './presets/vendor-request.js';
export { shallowEqual } from './snapshot/shallow-equal.js';
export { SnapshotStore } from './snapshot/snapshot-store.js';
export { isSameSource, needsReload } from './source/compare-sources.js';
export { MIME_TYPES, streamTypeOf, type StreamType } from './source/media-type.js';
export { resolveKeySystems, type ResolvedKeySystem } from './source/resolve-key-systems.js';
export { NO_EXPERIENCE, type QualityOfExperience } from './qoe/experience-meter.js';
export { resolveSource, type ResolvedSource } from './source/resolve-source.js';
export {
  customKeySystem,
  KEY_SYSTEMS,
  type DrmConfiguration,
  type KeyOrigin,
  type KeySystem,
  type KeySystemConfiguration,
  type LicenseMessageType,
  type LicenseRequest,
  type LicenseResponse,
  type PlaybackSessionSource,
  type Source,
} from './source/source.js';
export { toSource } from './source/to-source.js';
export type { SourceDocument } from '@secure-player/protocol';
export {
  DRM_STEPS,
  DrmTimeline,
  type DrmStep,
  type DrmTimelineOptions,
  type OpenStep,
  type TimelineDocument,
  type TimelineEntry,
  type TimelineSink,
} from './timeline/drm-timeline.js';
export type { TimelineDetail, TimelineKeyStatus } from './timeline/timeline-detail.js';
export type { PageLifecycle, PageLifecycleListener } from './stream-lease/page-lifecycle.js';
export { StreamLease, type LeasedPlayer, type StreamLeaseOptions } from './stream-lease/stream-lease.js';
export type { KeptStream, StreamActions, StreamLeaseSlot } from './stream-lease/stream-lease-slot.js';
export {
  NO_STREAM_LEASE,
  type StreamLeaseState,
  type StreamLeaseStatus,
} from './stream-lease/stream-lease-state.js';
