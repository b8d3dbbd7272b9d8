import type { Player } from '@secure-player/core';

/** Plays what is paused, and pauses what plays. */
export function togglePlay({ getState, actions }: Pick<Player, 'getState' | 'actions'>): void {
  // The browser may refuse without a gesture; the controls then still say what can be done.
  if (getState().paused) actions.play().catch(() => {});
  else actions.pause();
}
