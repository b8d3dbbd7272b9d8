import type { PlaybackError, Recovery } from '@secure-player/core';
import type { Download } from '@secure-player/offline';

import type { RecoveryHandlers } from '../../secure-player/secure-player-props.js';

/** Something that helps: what it is called, and who does it. */
export interface RecoveryStep {
  readonly recovery: Recovery;
  /** The page's own handler; another license; another try of the download. */
  readonly by: 'page' | 'renewal' | 'resumption';
}

/** What a viewer can do about a download in trouble, the best first. Nothing is offered that nobody would do. */
export function recoverySteps(
  download: Download,
  trouble: PlaybackError,
  onRecovery: RecoveryHandlers | undefined,
): readonly RecoveryStep[] {
  const { recovery } = trouble;
  const byPage: readonly RecoveryStep[] = onRecovery?.[recovery] ? [{ recovery, by: 'page' }] : [];
  const own = ownStep(download, trouble);

  return own && !byPage.some((step) => step.recovery === own.recovery) ? [...byPage, own] : byPage;
}

function ownStep(download: Download, { code, retryable }: PlaybackError): RecoveryStep | null {
  if (download.status === 'failed') return retryable ? { recovery: 'retry', by: 'resumption' } : null;
  // Whoever asks for a license hears what time it is.
  if (code === 'clock-behind') return { recovery: 'retry', by: 'renewal' };

  return download.license?.renewable ? { recovery: 'renew-license', by: 'renewal' } : null;
}
