'use client';

import type { ReactNode } from 'react';

import { usePlayer } from '../player/use-player.js';
import { useSecurePlayerSettings } from '../provider/secure-player-provider.js';

/** A turning ring while the player loads or waits for media. */
export function ProgressSurface(): ReactNode {
  const { messages } = useSecurePlayerSettings();
  const isBusy = usePlayer(({ status }) => status === 'loading' || status === 'buffering');

  return (
    isBusy && (
      <div className="secure-player-progress" data-part="progress">
        <span className="secure-player-progress-ring" aria-hidden="true" />
        <span className="secure-player-spoken">{messages.loading}</span>
      </div>
    )
  );
}
