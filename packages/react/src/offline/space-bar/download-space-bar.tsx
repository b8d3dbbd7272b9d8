'use client';

import type { DownloadSpace } from '@secure-player/offline';
import type { CSSProperties, ReactElement } from 'react';

import { fillMessage } from '../../controls/format-time/fill-message.js';
import { joinClassNames } from '../../controls/join-class-names.js';
import { ENGLISH_DOWNLOADS, type DownloadMessages } from '../messages/download-messages.js';
import { useDownloadsStatus } from '../use-downloads-status.js';
import { formatBytes } from '../words/format-bytes.js';

/** Props of {@link DownloadSpaceBar}. */
export interface DownloadSpaceBarProps {
  /** @default ENGLISH_DOWNLOADS */
  messages?: DownloadMessages | undefined;
  className?: string | undefined;
}

/** Above which the bar says that it is tight. */
const TIGHT = 0.9;

/**
 * The room for downloads, as the browser tells it: in use, free, and whether the browser may delete them by itself. Nothing
 * where the browser does not tell.
 *
 * @throws Error without `<SecurePlayerProvider downloads>`: a mistake in the page.
 */
export function DownloadSpaceBar(props: DownloadSpaceBarProps): ReactElement | null {
  const { messages = ENGLISH_DOWNLOADS, className } = props;
  const { space } = useDownloadsStatus('<DownloadSpaceBar>');
  if (space === null) return null;

  const share = shareOf(space);
  const { used, free } = describeSpace(space, messages);

  return (
    <div
      className={joinClassNames('secure-player-space', className)}
      data-part="download-space"
      data-tight={share >= TIGHT ? '' : undefined}
      lang={messages.language}
      dir={messages.direction}
    >
      <p className="secure-player-space-line">
        <span>{used}</span>
        <span>{free}</span>
      </p>
      <div
        className="secure-player-space-bar"
        role="meter"
        aria-label={messages.space.label}
        aria-valuemin={0}
        aria-valuemax={100}
        aria-valuenow={Math.round(share * 100)}
        aria-valuetext={`${used}, ${free}`}
      >
        <div className="secure-player-space-used" style={{ '--_done': share } as CSSProperties} />
      </div>
      {!space.isPersisted && <p className="secure-player-space-note">{messages.space.notPersisted}</p>}
    </div>
  );
}

function shareOf({ usedBytes, quotaBytes }: DownloadSpace): number {
  return quotaBytes > 0 ? Math.min(1, usedBytes / quotaBytes) : 1;
}

function describeSpace({ usedBytes, quotaBytes }: DownloadSpace, { space, language }: DownloadMessages) {
  const left = formatBytes(quotaBytes - usedBytes, language);

  return {
    used: fillMessage(space.used, { size: formatBytes(usedBytes, language) }),
    free: fillMessage(space.free, { size: left, total: formatBytes(quotaBytes, language) }),
  };
}
