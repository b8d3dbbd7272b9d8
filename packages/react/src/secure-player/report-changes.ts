import type { PlayerState } from '@secure-player/core';

import type { SecurePlayerEvents } from './secure-player-props.js';

/** Calls the event props that a change of state stands for. */
export function reportChanges(from: PlayerState, to: PlayerState, events: SecurePlayerEvents): void {
  if (from.status !== to.status) {
    tell(events.onStatusChange, to.status);
    if (to.status === 'ended') tell(events.onEnded);
    if (from.status === 'loading' && (to.status === 'ready' || to.status === 'playing')) tell(events.onReady);
  }
  if (from.paused !== to.paused) tell(to.paused ? events.onPause : events.onPlay);
  if (from.currentTime !== to.currentTime) tell(events.onTimeUpdate, to.currentTime);
  if (from.volume !== to.volume || from.muted !== to.muted) tell(events.onVolumeChange, to.volume, to.muted);
  if (from.quality !== to.quality && to.quality) tell(events.onQualityChange, to.quality);
  if (from.drm.keyStatuses !== to.drm.keyStatuses) tell(events.onKeyStatusesChange, to.drm.keyStatuses);
  if (from.notice !== to.notice && to.notice) tell(events.onNotice, to.notice);
  if (from.error !== to.error && to.error) tell(events.onError ?? logMistake, to.error);
}

/** A handler that throws is the page's to mend, and an uncaught error of the page: the others are told all the same. */
function tell<Values extends unknown[]>(
  handler: ((...values: Values) => void) | undefined,
  ...values: Values
): void {
  try {
    handler?.(...values);
  } catch (error) {
    queueMicrotask(() => {
      throw error;
    });
  }
}

/** The viewer's words do not say what is wrong with a source; without a handler the developer would never read it. */
function logMistake(error: NonNullable<PlayerState['error']>): void {
  // oxlint-disable-next-line no-console -- a mistake in the page's code; the message is redacted
  if (error.code === 'source-invalid') console.error(error.message);
}
