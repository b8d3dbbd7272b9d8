'use client';

import { useEffect } from 'react';

import { usePlayerInstance } from '../../player/player-context.js';
import { usePlayerView } from '../../player/player-view.js';
import { bindMediaSession } from './bind-media-session.js';

/**
 * Puts the nearest player on lock screens, headsets and media keys, by the Media Session API: the source's title and
 * poster, where playback is, and what can be done. The player that began to play last has them.
 */
export function useMediaSession(): void {
  const player = usePlayerInstance('useMediaSession');
  const { title, poster } = usePlayerView();

  useEffect(() => {
    const { mediaSession } = navigator as Partial<Navigator>;
    return mediaSession ? bindMediaSession(mediaSession, player, { title, poster }) : undefined;
  }, [player, title, poster]);
}
