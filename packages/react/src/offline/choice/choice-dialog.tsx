'use client';

import type { PlaybackError } from '@secure-player/core';
import type { DownloadOffer, DownloadSpace } from '@secure-player/offline';
import { useMemo, useState, type ReactNode } from 'react';

import { fillMessage } from '../../controls/format-time/fill-message.js';
import { useSecurePlayerSettings } from '../../provider/secure-player-provider.js';
import { closeAround } from '../dialog/close-around.js';
import { ModalDialog } from '../dialog/modal-dialog.js';
import type { DownloadMessages } from '../messages/download-messages.js';
import { useAttempt } from '../recovery/use-attempt.js';
import { formatBytes } from '../words/format-bytes.js';
import { chosenTrackIds, presetChoice, trackOptions } from './track-choice.js';
import { TrackFields } from './track-fields.js';
import type { OfferReading } from './use-offer.js';

interface ChoiceDialogProps {
  title: string;
  reading: OfferReading;
  space: DownloadSpace | null;
  messages: DownloadMessages;
  start: (trackIds: readonly string[]) => Promise<void>;
  onReadAgain: () => void;
  onClosed: () => void;
}

/** Asks what is to be downloaded of a title, with what it would come to. */
export function ChoiceDialog(props: ChoiceDialogProps): ReactNode {
  const { title, reading, messages, onReadAgain, onClosed } = props;

  return (
    <ModalDialog
      title={fillMessage(messages.choice.label, { title })}
      part="download-choice"
      messages={messages}
      onClosed={onClosed}
    >
      {reading.status === 'ready' ? (
        <ChoiceForm {...props} offer={reading.offer} />
      ) : (
        <>
          {reading.status === 'failed' ? (
            <ErrorText error={reading.error} />
          ) : (
            <p className="secure-player-dialog-reading" role="status">
              <span className="secure-player-dialog-ring" />
              {messages.choice.reading}
            </p>
          )}
          <div className="secure-player-dialog-actions">
            <CloseButton messages={messages} />
            {reading.status === 'failed' && reading.error.retryable && (
              <RetryButton onReadAgain={onReadAgain} />
            )}
          </div>
        </>
      )}
    </ModalDialog>
  );
}

interface ChoiceFormProps extends ChoiceDialogProps {
  offer: DownloadOffer;
}

function ChoiceForm({ offer, space, messages, start }: ChoiceFormProps): ReactNode {
  const options = useMemo(() => trackOptions(offer), [offer]);
  const [choice, setChoice] = useState(() => presetChoice(options, offer));
  const attempt = useAttempt();
  const trackIds = chosenTrackIds(choice, offer);
  const bytes = offer.estimate(trackIds);

  return (
    <>
      <div className="secure-player-dialog-scroll">
        <TrackFields {...{ offer, options, choice, messages }} onChange={setChoice} />
      </div>
      <Summary {...{ bytes, space, messages }} fits={fitsWith(bytes, space, offer)} />
      {attempt.error && <ErrorText error={attempt.error} />}
      <div className="secure-player-dialog-actions" aria-busy={attempt.isBusy}>
        <CloseButton messages={messages} />
        <button
          className="secure-player-action"
          type="button"
          data-kind="primary"
          aria-disabled={attempt.isBusy}
          onClick={({ currentTarget }) =>
            attempt.run(
              async () => start(trackIds),
              () => closeAround({ currentTarget }),
            )
          }
        >
          {messages.download}
        </button>
      </div>
    </>
  );
}

/** The browser tells its room; where it does not, the offer knows about what it had chosen. */
function fitsWith(bytes: number, space: DownloadSpace | null, offer: DownloadOffer): boolean {
  return space === null ? offer.fits : bytes <= space.quotaBytes - space.usedBytes;
}

interface SummaryProps {
  bytes: number;
  fits: boolean;
  space: DownloadSpace | null;
  messages: DownloadMessages;
}

function Summary({ bytes, fits, space, messages }: SummaryProps): ReactNode {
  const { choice, about, language } = messages;
  const free = space && formatBytes(space.quotaBytes - space.usedBytes, language);

  return (
    <div className="secure-player-dialog-summary" role="status">
      <p>
        <strong>{fillMessage(about, { size: formatBytes(bytes, language) })}</strong>
        {free !== null && <span>{fillMessage(choice.free, { size: free })}</span>}
      </p>
      {!fits && <p className="secure-player-dialog-warning">{choice.tooLarge}</p>}
    </div>
  );
}

function ErrorText({ error }: { error: PlaybackError }): ReactNode {
  const { title, text } = useSecurePlayerSettings().messages.errors[error.code];

  return (
    <div className="secure-player-dialog-text" role="alert" data-error-code={error.code}>
      <strong>{title}</strong>
      <br />
      {text}
    </div>
  );
}

function CloseButton({ messages }: { messages: DownloadMessages }): ReactNode {
  return (
    <button className="secure-player-action" type="button" onClick={closeAround}>
      {messages.cancel}
    </button>
  );
}

function RetryButton({ onReadAgain }: { onReadAgain: () => void }): ReactNode {
  const { recoveries } = useSecurePlayerSettings().messages;

  return (
    <button className="secure-player-action" type="button" data-kind="primary" onClick={onReadAgain}>
      {recoveries.retry}
    </button>
  );
}
