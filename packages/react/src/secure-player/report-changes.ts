import type { PlayerState } from '@secure-player/core';

import type { SecurePlayerEvents } from './secure-player-props.js';

/** Calls the event props that a change of state stands for. */
export function reportChanges(from: PlayerState, to: PlayerState, events: SecurePlayerEvents): void {
  if (from.status !== to.status) {
    events.onStatusChange?.(to.status);
    if (to.status === 'ended') events.onEnded?.();
    if (from.status === 'loading' && (to.status === 'ready' || to.status === 'playing')) events.onReady?.();
  }
  if (from.paused !== to.paused) {
    if (to.paused) events.onPause?.();
    else events.onPlay?.();
  }
  if (from.currentTime !== to.currentTime) events.onTimeUpdate?.(to.currentTime);
  if (from.volume !== to.volume || from.muted !== to.muted) events.onVolumeChange?.(to.volume, to.muted);
  if (from.quality !== to.quality && to.quality) events.onQualityChange?.(to.quality);
  if (from.drm.keyStatuses !== to.drm.keyStatuses) events.onKeyStatusesChange?.(to.drm.keyStatuses);
  if (from.notice !== to.notice && to.notice) events.onNotice?.(to.notice);
  if (from.error !== to.error && to.error) events.onError?.(to.error);
}
