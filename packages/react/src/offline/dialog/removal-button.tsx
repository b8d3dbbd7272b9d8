'use client';

import type { Download } from '@secure-player/offline';
import { useState, type ReactNode } from 'react';

import { fillMessage } from '../../controls/format-time/fill-message.js';
import { DOWNLOAD_ICONS } from '../icons/download-icons.js';
import type { DownloadMessages } from '../messages/download-messages.js';
import { RemovalDialog } from './removal-dialog.js';

interface RemovalButtonProps {
  download: Download;
  title: string;
  messages: DownloadMessages;
  remove: () => Promise<void>;
}

/** Removes a download: at once where nothing of it has come, else after asking. */
export function RemovalButton({ download, title, messages, remove }: RemovalButtonProps): ReactNode {
  const [isAsking, setIsAsking] = useState(false);
  const isGoing = download.status === 'removing';
  // A removal that fails leaves the download where it is, with its state.
  const removeNow = () => void remove().catch(() => {});
  const press = () => {
    if (isGoing) return;
    if (download.receivedBytes > 0) setIsAsking(true);
    else removeNow();
  };

  return (
    <>
      <button
        className="secure-player-icon-button"
        type="button"
        data-part="remove"
        aria-label={fillMessage(messages.actionOf, { action: messages.remove, title })}
        aria-disabled={isGoing}
        title={messages.remove}
        onClick={press}
      >
        {DOWNLOAD_ICONS.remove}
      </button>
      {isAsking && (
        <RemovalDialog
          title={title}
          messages={messages}
          onRemove={removeNow}
          onClosed={() => setIsAsking(false)}
        />
      )}
    </>
  );
}
