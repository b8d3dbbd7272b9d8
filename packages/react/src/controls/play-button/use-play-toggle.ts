'use client';

import { usePlayerInstance } from '../../player/player-context.js';
import { usePlayer } from '../../player/use-player.js';

/** What a press of the play button does now. */
export type PlayMode = 'play' | 'pause' | 'replay';

/** What a press of the play button does now, and does it. */
export function usePlayToggle(part: string): readonly [mode: PlayMode, toggle: () => void] {
  const { getState, actions } = usePlayerInstance(part);
  const mode = usePlayer(({ status, paused }): PlayMode => {
    if (status === 'ended') return 'replay';
    return paused ? 'play' : 'pause';
  });
  const toggle = () => {
    // The browser may refuse without a gesture; the button then still says what can be done.
    if (getState().paused) actions.play().catch(() => {});
    else actions.pause();
  };

  return [mode, toggle];
}
