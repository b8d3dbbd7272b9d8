'use client';

import type { KeptStream, Player } from '@secure-player/core';
import { createContext, useContext, type Context } from 'react';

/** What hooks read of a player. */
export interface ReadablePlayer extends Pick<Player, 'getState' | 'subscribe' | 'actions'> {
  readonly timeline: Pick<Player['timeline'], 'getState' | 'subscribe' | 'toJSON'>;
  readonly lease: KeptStream;
  readonly experience: Pick<Player['experience'], 'getState' | 'subscribe'>;
}

/** The player that the components below belong to: that of a `<SecurePlayer>`, or whichever a `<PlayerScope>` holds. */
export const PlayerContext: Context<ReadablePlayer | null> = createContext<ReadablePlayer | null>(null);

/**
 * The nearest player.
 *
 * @throws Error outside of a player: a mistake in the page, not a state of playback.
 */
export function usePlayerInstance(hook: string): ReadablePlayer {
  const player = useContext(PlayerContext);
  if (!player) {
    throw new Error(
      `${hook} must be used below <SecurePlayer> or <PlayerScope>: render it as a child of one, or wrap it and the ` +
        'player in a <PlayerScope>.',
    );
  }

  return player;
}
