export { useDrmCapabilities } from './media-keys/use-drm-capabilities.js';
export { useLicense, type License, type UseLicenseOptions } from './media-keys/use-license.js';
export { useMediaKeys, type UseMediaKeysOptions } from './media-keys/use-media-keys.js';
export { PlayerScope, type PlayerScopeProps } from './player/player-scope.js';
export { AirPlayButton } from './controls/air-play-button/air-play-button.js';
export { AudioMenu } from './controls/audio-menu/audio-menu.js';
export { CaptionsMenu } from './controls/captions-menu/captions-menu.js';
export { CastButton } from './controls/cast-button/cast-button.js';
export { CenterPlayButton } from './controls/center-play-button/center-play-button.js';
export { DefaultControls, type DefaultControlsProps } from './controls/default-controls/default-controls.js';
export { FullscreenButton } from './controls/fullscreen-button/fullscreen-button.js';
export { LiveButton } from './controls/live-button/live-button.js';
export { MuteButton } from './controls/mute-button/mute-button.js';
export { PictureInPictureButton } from './controls/picture-in-picture-button/picture-in-picture-button.js';
export { PlayButton } from './controls/play-button/play-button.js';
export { PlaybackRateMenu } from './controls/playback-rate-menu/playback-rate-menu.js';
export { QualityMenu } from './controls/quality-menu/quality-menu.js';
export { SeekBar, type SeekBarProps } from './controls/seek-bar/seek-bar.js';
export { SettingsMenu } from './controls/settings-menu/settings-menu.js';
export { SkipButton, type SkipButtonProps } from './controls/skip-button/skip-button.js';
export { TimeDisplay, type TimeDisplayProps } from './controls/time-display/time-display.js';
export { VolumeSlider, type VolumeSliderProps } from './controls/volume-slider/volume-slider.js';
export type { ControlButtonProps } from './controls/control-button/control-button.js';
export { useKeyboardShortcuts } from './controls/keyboard/use-keyboard-shortcuts.js';
export { useMediaSession } from './controls/media-session/use-media-session.js';
export type { ChoiceMenuProps } from './controls/menu/menu-button.js';
export { trackLabels, type NamedTrack } from './controls/menu/track-labels.js';
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
export { useStreamLease, type StreamLeaseReading } from './stream-lease/use-stream-lease.js';
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
  ARABIC_MESSAGES,
  createHttpBackend,
  createMessages,
  customKeySystem,
  ENGLISH_MESSAGES,
  isPlaybackError,
  PlaybackError,
  toSource,
  type Authorize,
  type AuthorizeRequest,
  type CmcdOptions,
  type ControlMessages,
  type DrmConfiguration,
  type KeyStatusPolicy,
  type Entitlement,
  type EntitlementBackend,
  type HttpBackendOptions,
  type OpenSessionOptions,
  type PlaybackSession,
  type PlaybackSessionAnswer,
  type PlaybackSessionSource,
  type RenewSessionOptions,
  type StreamLeaseState,
  type StreamLeaseStatus,
  type StreamRefusal,
  type DrmStep,
  type KeySystem,
  type KeySystemConfiguration,
  type KeyStatusEntry,
  type LicenseRequest,
  type LicenseResponse,
  type LicenseStatus,
  type MediaTrack,
  type MessageOverrides,
  type PlaybackErrorCode,
  type PlaybackNotice,
  type PlayerActions,
  type PlayerState,
  type PrefetchOptions,
  type PlayerStatus,
  type PreferredLanguages,
  type PreferredTracks,
  type Quality,
  type QualityOfExperience,
  type Recovery,
  type Source,
  type SourceDocument,
  type TextTrackSource,
  type TimelineDetail,
  type TimelineDocument,
  type TimelineEntry,
  type TrackPreference,
  type UnusableReason,
  type ViewerMessages,
} from '@secure-player/core';
export type {
  DrmCapabilities,
  KeySystemCapability,
  MediaKeysSessionState,
  MediaKeysState,
  MediaKeysStatus,
} from '@secure-player/core/dom';
