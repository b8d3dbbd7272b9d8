'use client';

import type { Player } from '@secure-player/core';
import { createContext, useContext, type Context } from 'react';

/** The player that the components below belong to. */
export const PlayerContext: Context<Player | null> = createContext<Player | null>(null);

/**
 * The nearest player.
 *
 * @throws Error outside of a player: a mistake in the page, not a state of playback.
 */
export function usePlayerInstance(hook: string): Player {
  const player = useContext(PlayerContext);
  if (!player)
    throw new Error(`${hook} must be used below <SecurePlayer>: render it as one of its children.`);

  return player;
}
