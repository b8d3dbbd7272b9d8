import type { Player } from '@secure-player/core';

import { clampTime, seekRangeOf } from './seek-range.js';

/** Moves playback by some seconds, within what can be sought. */
export function seekBy({ getState, actions }: Pick<Player, 'getState' | 'actions'>, seconds: number): void {
  const range = seekRangeOf(getState());
  if (range) actions.seek(clampTime(getState().currentTime + seconds, range));
}
