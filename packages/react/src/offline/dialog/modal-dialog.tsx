'use client';

import { useEffect, useId, useRef, type MouseEvent, type ReactNode } from 'react';

import type { DownloadMessages } from '../messages/download-messages.js';
import { closeAround } from './close-around.js';

interface ModalDialogProps {
  title: string;
  part: string;
  messages: DownloadMessages;
  /** It is closed, and the focus is back where it was: what shows it takes it away. */
  onClosed: () => void;
  children: ReactNode;
}

/**
 * A dialog of the browser's own: it keeps the focus, closes at Escape or at a press beside it, and gives the focus back. Its
 * colors follow the `color-scheme` of the page.
 */
export function ModalDialog({ title, part, messages, onClosed, children }: ModalDialogProps): ReactNode {
  const dialog = useRef<HTMLDialogElement>(null);
  const titleId = useId();

  useEffect(() => {
    const { current } = dialog;
    current?.showModal();

    return () => current?.close();
  }, []);

  // The event comes late: StrictMode has opened the dialog again by then.
  const onClose = () => {
    if (!dialog.current?.open) onClosed();
  };
  // What lies beside the dialog is the dialog itself; all of its inside is an element of its own.
  const onPress = (event: MouseEvent<HTMLElement>) => {
    if (event.target === event.currentTarget) closeAround(event);
  };

  return (
    // oxlint-disable-next-line jsx-a11y/no-noninteractive-element-interactions, jsx-a11y/click-events-have-key-events -- Escape does it
    <dialog
      ref={dialog}
      className="secure-player-dialog"
      data-part={part}
      aria-labelledby={titleId}
      lang={messages.language}
      dir={messages.direction}
      onClose={onClose}
      onClick={onPress}
    >
      <div className="secure-player-dialog-inside">
        <p className="secure-player-dialog-title" id={titleId}>
          {title}
        </p>
        {children}
      </div>
    </dialog>
  );
}
