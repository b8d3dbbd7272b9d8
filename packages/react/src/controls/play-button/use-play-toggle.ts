'use client';

import { usePlayerInstance } from '../../player/player-context.js';
import { usePlayer } from '../../player/use-player.js';
import { togglePlay } from './toggle-play.js';

/** What a press of the play button does now. */
export type PlayMode = 'play' | 'pause' | 'replay';

/** What a press of the play button does now, and does it. */
export function usePlayToggle(part: string): readonly [mode: PlayMode, toggle: () => void] {
  const player = usePlayerInstance(part);
  const mode = usePlayer(({ status, paused }): PlayMode => {
    if (status === 'ended') return 'replay';
    return paused ? 'play' : 'pause';
  });

  return [mode, () => togglePlay(player)];
}
