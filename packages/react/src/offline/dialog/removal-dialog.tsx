'use client';

import type { ReactNode } from 'react';

import { fillMessage } from '../../controls/format-time/fill-message.js';
import type { DownloadMessages } from '../messages/download-messages.js';
import { closeAround } from './close-around.js';
import { ModalDialog } from './modal-dialog.js';

interface RemovalDialogProps {
  title: string;
  messages: DownloadMessages;
  onRemove: () => void;
  onClosed: () => void;
}

/** Asks before what took long to come is deleted. The focus is on the answer that loses nothing. */
export function RemovalDialog({ title, messages, onRemove, onClosed }: RemovalDialogProps): ReactNode {
  const { removal, remove } = messages;

  return (
    <ModalDialog
      title={fillMessage(removal.label, { title })}
      part="download-removal"
      messages={messages}
      onClosed={onClosed}
    >
      <p className="secure-player-dialog-text">{removal.text}</p>
      <div className="secure-player-dialog-actions">
        <button className="secure-player-action" type="button" onClick={closeAround}>
          {removal.keep}
        </button>
        <button
          className="secure-player-action"
          type="button"
          data-kind="danger"
          onClick={(event) => {
            closeAround(event);
            onRemove();
          }}
        >
          {remove}
        </button>
      </div>
    </ModalDialog>
  );
}
