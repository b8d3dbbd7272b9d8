'use client';

import type { Source } from '@secure-player/core';
import type { StartOptions } from '@secure-player/offline';
import type { ReactNode } from 'react';

import { ChoiceDialog } from '../choice/choice-dialog.js';
import type { OfferReading } from '../choice/use-offer.js';
import type { DownloadMessages } from '../messages/download-messages.js';
import type { DownloadReading } from '../use-download.js';
import { useDownloadsStatus } from '../use-downloads-status.js';

interface StartDialogProps {
  source: Source;
  options: StartOptions | undefined;
  reading: DownloadReading;
  title: string;
  offer: OfferReading;
  messages: DownloadMessages;
  onReadAgain: () => void;
  onClosed: () => void;
}

/** Asks what is to be downloaded, and starts it. Apart from the button, which does not follow the room there is. */
export function StartDialog({ source, options, reading, offer, ...dialog }: StartDialogProps): ReactNode {
  const { space } = useDownloadsStatus('<DownloadButton>');

  return (
    <ChoiceDialog
      {...dialog}
      reading={offer}
      space={space}
      start={async (trackIds) => reading.start(source, { priority: options?.priority, trackIds })}
    />
  );
}
