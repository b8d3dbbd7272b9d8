'use client';

import type { PlaybackError } from '@secure-player/core';
import { useId } from 'react';

import { usePlayer, usePlayerActions } from '../player/use-player.js';
import { useSecurePlayerSettings } from '../provider/secure-player-provider.js';
import type { RecoveryHandlers } from './secure-player-props.js';

/** Tells the viewer what failed and what they can do, with a button for each thing that can be done here. */
export function ErrorSurface({ onRecovery }: { onRecovery: RecoveryHandlers | undefined }) {
  const error = usePlayer((state) => state.error);

  return error && <ErrorPanel error={error} onRecovery={onRecovery} />;
}

interface ErrorPanelProps {
  error: PlaybackError;
  onRecovery: RecoveryHandlers | undefined;
}

function ErrorPanel({ error, onRecovery }: ErrorPanelProps) {
  const { messages } = useSecurePlayerSettings();
  const { retry } = usePlayerActions();
  const titleId = useId();

  const message = messages.errors[error.code];
  const recover = onRecovery?.[error.recovery];
  const offersRetry = error.retryable && !(recover && error.recovery === 'retry');

  return (
    <div className="secure-player-surface" data-part="error" role="alert" aria-labelledby={titleId}>
      <p className="secure-player-surface-title" id={titleId}>
        {message.title}
      </p>
      <p className="secure-player-surface-text">{message.text}</p>
      <div className="secure-player-surface-actions">
        {recover && (
          <button
            className="secure-player-button"
            data-recovery={error.recovery}
            data-primary=""
            type="button"
            onClick={() => recover(error)}
          >
            {messages.recoveries[error.recovery]}
          </button>
        )}
        {offersRetry && (
          <button
            className="secure-player-button"
            data-recovery="retry"
            data-primary={recover ? undefined : ''}
            type="button"
            onClick={retry}
          >
            {messages.recoveries.retry}
          </button>
        )}
      </div>
      <code className="secure-player-surface-code">{error.code}</code>
    </div>
  );
}
