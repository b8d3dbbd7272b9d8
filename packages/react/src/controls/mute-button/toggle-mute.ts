import type { Player } from '@secure-player/core';

const AUDIBLE = 0.5;

/** Turns the sound off, or on so that it is heard. */
export function toggleMute({ getState, actions }: Pick<Player, 'getState' | 'actions'>): void {
  const { muted, volume } = getState();
  // Sound that is on at a volume of nothing would still not be heard.
  if (volume === 0) actions.setVolume(AUDIBLE);

  actions.setMuted(!muted && volume > 0);
}
