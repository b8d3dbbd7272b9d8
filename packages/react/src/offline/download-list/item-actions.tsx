'use client';

import type { Download } from '@secure-player/offline';
import type { ReactNode } from 'react';

import { fillMessage } from '../../controls/format-time/fill-message.js';
import { RemovalButton } from '../dialog/removal-button.js';
import { DOWNLOAD_ICONS } from '../icons/download-icons.js';
import type { DownloadMessages } from '../messages/download-messages.js';
import type { DownloadReading } from '../use-download.js';

interface ItemActionsProps {
  reading: DownloadReading;
  download: Download;
  title: string;
  isTroubled: boolean;
  messages: DownloadMessages;
  onPlay: ((download: Download) => void) | undefined;
}

/** What can be done with a download at any time: watch it, pause it or let it go on, remove it. */
export function ItemActions(props: ItemActionsProps): ReactNode {
  const { reading, download, title, isTroubled, messages, onPlay } = props;
  const { status, isPlayable } = download;
  // What becomes of it is in the state of the download.
  const run = (act: () => Promise<void>) => () => void act().catch(() => {});
  const isPlayed = onPlay !== undefined && isPlayable && !(isTroubled && status !== 'failed');

  return (
    <div className="secure-player-download-actions">
      {isPlayed && status !== 'removing' && (
        <IconButton name="play" {...{ title, messages }} isPrimary onPress={() => onPlay(download)} />
      )}
      {isUnderWay(status) && (
        <IconButton name="pause" {...{ title, messages }} onPress={run(reading.pause)} />
      )}
      {status === 'paused' && (
        <IconButton name="resume" {...{ title, messages }} onPress={run(reading.resume)} />
      )}
      <RemovalButton {...{ download, title, messages }} remove={reading.remove} />
    </div>
  );
}

function isUnderWay(status: Download['status']): boolean {
  return status === 'queued' || status === 'preparing' || status === 'downloading' || status === 'waiting';
}

interface IconButtonProps {
  name: 'play' | 'pause' | 'resume';
  title: string;
  messages: DownloadMessages;
  isPrimary?: boolean;
  onPress: () => void;
}

function IconButton({ name, title, messages, isPrimary = false, onPress }: IconButtonProps): ReactNode {
  const action = messages[name];

  return (
    <button
      className="secure-player-icon-button"
      type="button"
      data-part={name}
      data-primary={isPrimary ? '' : undefined}
      aria-label={fillMessage(messages.actionOf, { action, title })}
      title={action}
      onClick={onPress}
    >
      {DOWNLOAD_ICONS[name]}
    </button>
  );
}
