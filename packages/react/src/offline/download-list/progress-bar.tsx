'use client';

import type { Download } from '@secure-player/offline';
import type { CSSProperties, ReactNode } from 'react';

import { fillMessage } from '../../controls/format-time/fill-message.js';
import type { DownloadMessages } from '../messages/download-messages.js';

interface ProgressBarProps {
  download: Download;
  title: string;
  messages: DownloadMessages;
}

/** How far a download has come; nothing is claimed before its size is known. */
export function ProgressBar({ download, title, messages }: ProgressBarProps): ReactNode {
  const { progress, totalBytes, status } = download;
  const isKnown = totalBytes !== null && status !== 'preparing';

  return (
    <div
      className="secure-player-download-bar"
      role="progressbar"
      aria-label={fillMessage(messages.progress, { title })}
      aria-valuemin={0}
      aria-valuemax={100}
      aria-valuenow={isKnown ? Math.floor(progress * 100) : undefined}
      data-unknown={isKnown || status === 'queued' ? undefined : ''}
    >
      <div
        className="secure-player-download-bar-done"
        style={{ '--_done': isKnown ? progress : 0 } as CSSProperties}
      />
    </div>
  );
}
