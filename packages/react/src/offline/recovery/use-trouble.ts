'use client';

import type { PlaybackError, Recovery } from '@secure-player/core';
import { useMemo } from 'react';

import { useSecurePlayerSettings } from '../../provider/secure-player-provider.js';
import type { RecoveryHandlers } from '../../secure-player/secure-player-props.js';
import type { DownloadReading } from '../use-download.js';
import { findTrouble } from './find-trouble.js';
import { recoverySteps, type RecoveryStep } from './recovery-steps.js';
import { useAttempt } from './use-attempt.js';

/** What is wrong with a download, and what can be done about it. */
export interface Trouble {
  readonly error: PlaybackError;
  readonly title: string;
  readonly text: string;
  readonly steps: readonly TroubleStep[];
  /** Whether something is being done about it. */
  readonly isBusy: boolean;
  /** What came of the last thing that was done, where it failed. */
  readonly outcome: string | null;
}

/** A button. */
export interface TroubleStep {
  readonly recovery: Recovery;
  readonly label: string;
  readonly run: () => void;
}

/** `null` where all is well. */
export function useTrouble(
  reading: DownloadReading,
  onRecovery: RecoveryHandlers | undefined,
): Trouble | null {
  const { errors, recoveries } = useSecurePlayerSettings().messages;
  const { download, resume, renewLicense } = reading;
  const error = useMemo(() => findTrouble(download), [download]);
  const attempt = useAttempt();
  if (download === null || error === null) return null;

  const runs: Record<RecoveryStep['by'], () => void> = {
    page: () => onRecovery?.[error.recovery]?.(error),
    renewal: () => attempt.run(renewLicense),
    resumption: () => attempt.run(resume),
  };
  const latest = attempt.error && errors[attempt.error.code];

  return {
    error,
    ...errors[error.code],
    steps: recoverySteps(download, error, onRecovery).map(({ recovery, by }) => ({
      recovery,
      label: recoveries[recovery],
      run: runs[by],
    })),
    isBusy: attempt.isBusy,
    outcome: latest && `${latest.title}. ${latest.text}`,
  };
}
