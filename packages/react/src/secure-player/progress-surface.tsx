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
      <div
        className="secure-player-progress"
        data-part="progress"
        role="status"
        lang={messages.language}
        aria-label={messages.loading}
      >
        <span className="secure-player-progress-ring" aria-hidden="true" />
      </div>
    )
  );
}
