export { PlayerScope, type PlayerScopeProps } from './player/player-scope.js';
export { usePlayer, usePlayerActions } from './player/use-player.js';
export { usePrefetch, type Prefetch } from './prefetch/use-prefetch.js';
export { SecurePlayerProvider, type SecurePlayerProviderProps } from './provider/secure-player-provider.js';
export { SecurePlayer } from './secure-player/secure-player.js';
export type {
  PlayerHandle,
  RecoveryHandlers,
  SecurePlayerEvents,
  SecurePlayerProps,
} from './secure-player/secure-player-props.js';
export { useQualityOfExperience } from './qoe/use-quality-of-experience.js';
export {
  ARABIC_DIAGNOSTICS,
  ENGLISH_DIAGNOSTICS,
  type DiagnosticsMessages,
} from './timeline/diagnostics-messages.js';
export { DrmTimelinePanel, type DrmTimelinePanelProps } from './timeline/drm-timeline-panel.js';
export { useDrmTimeline, type DrmTimelineReading } from './timeline/use-drm-timeline.js';
export { Watermark, type WatermarkProps } from './watermark/watermark.js';
export type { WatermarkTampering } from './watermark/watermark-overlay.js';
export {
  createHttpBackend,
  customKeySystem,
  ENGLISH_MESSAGES,
  isPlaybackError,
  PlaybackError,
  toSource,
  type Authorize,
  type AuthorizeRequest,
  type CmcdOptions,
  type DrmConfiguration,
  type KeyStatusPolicy,
  type Entitlement,
  type EntitlementBackend,
  type HttpBackendOptions,
  type DrmStep,
  type KeySystem,
  type KeySystemConfiguration,
  type LicenseRequest,
  type LicenseResponse,
  type MediaTrack,
  type PlaybackErrorCode,
  type PlaybackNotice,
  type PlayerActions,
  type PlayerState,
  type PrefetchOptions,
  type PlayerStatus,
  type Quality,
  type QualityOfExperience,
  type Recovery,
  type Source,
  type TimelineDetail,
  type TimelineDocument,
  type TimelineEntry,
  type UnusableReason,
  type ViewerMessages,
} from '@secure-player/core';
