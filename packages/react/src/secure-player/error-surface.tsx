'use client';

import type { PlaybackError } from '@secure-player/core';
import { lazy, Suspense, useId, useRef, type ReactNode } from 'react';

import { usePlayerInstance } from '../player/player-context.js';
import { usePlayer, usePlayerActions } from '../player/use-player.js';
import { useSecurePlayerSettings } from '../provider/secure-player-provider.js';
import { loadStreamParts } from '../stream-lease/load-stream-parts.js';
import { useStreamLease } from '../stream-lease/use-stream-lease.js';
import type { RecoveryHandlers } from './secure-player-props.js';
import { UnbrokenText } from './unbroken-text.js';
import { useErrorFocus, type PlayerElements } from './use-error-focus.js';

const STOP = 'stop-other-stream';

const PlayingElsewhere = lazy(async () => ({ default: (await loadStreamParts()).PlayingElsewhere }));

/** Tells the viewer what failed and what they can do, with a button for each thing that can be done here. */
export function ErrorSurface(props: ErrorSurfaceProps): ReactNode {
  const error = usePlayer((state) => state.error);

  return error && <ErrorPanel {...props} error={error} />;
}

interface ErrorSurfaceProps extends PlayerElements {
  onRecovery: RecoveryHandlers | undefined;
}

function ErrorPanel({ root, video, ...recovery }: ErrorSurfaceProps & RecoveryButtonsProps): ReactNode {
  const { messages } = useSecurePlayerSettings();
  const { lease } = usePlayerInstance('<SecurePlayer>');
  const state = useStreamLease();
  const titleId = useId();
  const panel = useRef<HTMLDivElement>(null);
  useErrorFocus({ root, video }, panel);

  const { error, onRecovery } = recovery;
  const { title, text } = messages.errors[error.code];
  // Who keeps a stream has loaded the code for it, and can take the stream back unless the page has a way of its own.
  const isRefused = state.status === 'refused' || state.status === 'lost';
  const hasStreamToTake = isRefused && error.recovery === STOP && !onRecovery?.[STOP];
  const plain = (
    <>
      <p className="secure-player-surface-text">
        <UnbrokenText>{text}</UnbrokenText>
      </p>
      <div className="secure-player-surface-actions">
        <RecoveryButtons {...recovery} />
      </div>
    </>
  );

  return (
    <div
      ref={panel}
      className="secure-player-surface"
      data-part="error"
      role="alert"
      lang={messages.language}
      dir={messages.direction}
      aria-labelledby={titleId}
    >
      <p className="secure-player-surface-title" id={titleId}>
        <UnbrokenText>{title}</UnbrokenText>
      </p>
      {hasStreamToTake ? (
        <Suspense fallback={plain}>
          <PlayingElsewhere {...{ error, lease, state, messages }} />
        </Suspense>
      ) : (
        plain
      )}
      <code className="secure-player-surface-code">{error.code}</code>
    </div>
  );
}

interface RecoveryButtonsProps {
  error: PlaybackError;
  onRecovery: RecoveryHandlers | undefined;
}

function RecoveryButtons({ error, onRecovery }: RecoveryButtonsProps): ReactNode {
  const { messages } = useSecurePlayerSettings();
  const { retry, renewLicense } = usePlayerActions();
  const { lease } = usePlayerInstance('<SecurePlayer>');
  // What is loaded is still there: the stream is asked for again, and nothing else.
  const tryAgain = useStreamLease().error === error ? () => void lease.renew() : retry;

  const handler = onRecovery?.[error.recovery];
  const isRenewal = error.recovery === 'renew-license' && !handler;
  // What becomes of a renewal is in the state: here is nobody to tell.
  const recover = isRenewal ? () => void renewLicense().catch(() => {}) : handler;
  // After an error a renewal is a retry by its right name.
  const offersRetry = error.retryable && !isRenewal && !(handler && error.recovery === 'retry');

  return (
    <>
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
          onClick={tryAgain}
        >
          {messages.recoveries.retry}
        </button>
      )}
    </>
  );
}
