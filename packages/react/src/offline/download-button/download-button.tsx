'use client';

import type { Source } from '@secure-player/core';
import type { Download, StartOptions } from '@secure-player/offline';
import { useId, useState, type ReactElement, type ReactNode } from 'react';

import { fillMessage } from '../../controls/format-time/fill-message.js';
import { joinClassNames } from '../../controls/join-class-names.js';
import { useSecurePlayerSettings } from '../../provider/secure-player-provider.js';
import type { RecoveryHandlers } from '../../secure-player/secure-player-props.js';
import { useOffer, type OfferReading } from '../choice/use-offer.js';
import { RemovalButton } from '../dialog/removal-button.js';
import { DOWNLOAD_ICONS } from '../icons/download-icons.js';
import { ENGLISH_DOWNLOADS, type DownloadMessages } from '../messages/download-messages.js';
import { useAttempt } from '../recovery/use-attempt.js';
import { useTrouble, type Trouble } from '../recovery/use-trouble.js';
import { useDownload, type DownloadReading } from '../use-download.js';
import { describeProgress, describeStage } from '../words/describe-stage.js';
import { formatBytes } from '../words/format-bytes.js';
import { actionWord, buttonFace, type ButtonAction } from './button-face.js';
import { ButtonNotes } from './button-notes.js';
import { ProgressRing } from './progress-ring.js';
import { StartDialog } from './start-dialog.js';

/** Props of {@link DownloadButton}. */
export interface DownloadButtonProps {
  /** What to download; it needs an `id`. */
  source: Source;
  /** What is chosen before the viewer chooses, and the place in the queue. */
  options?: StartOptions | undefined;
  /** Whether the viewer is asked for quality and languages before a download starts. @default true */
  asksFirst?: boolean | undefined;
  /**
   * Whether the button says how large the download would be, for which it reads the manifest when it is mounted. Leave it out
   * in a catalogue of many titles. @default true
   */
  showsSize?: boolean | undefined;
  /** Plays what is complete. Without it the button says that it is. */
  onPlay?: ((download: Download) => void) | undefined;
  /** What the page does about errors, by recovery: `free-space` may lead to the list of downloads. */
  onRecovery?: RecoveryHandlers | undefined;
  /** @default ENGLISH_DOWNLOADS */
  messages?: DownloadMessages | undefined;
  className?: string | undefined;
}

/**
 * One button for a title's way onto this device: it starts the download, pauses it and lets it go on, tries again what failed,
 * renews a license, and tells all the while where things stand. Beside it one that removes the download.
 *
 * @throws Error where the source has no `id`, or without `<SecurePlayerProvider downloads>`: a mistake in the page.
 */
export function DownloadButton(props: DownloadButtonProps): ReactElement {
  const { source, options, showsSize = true, asksFirst = true, onPlay, onRecovery } = props;
  const { messages = ENGLISH_DOWNLOADS, className } = props;
  const reading = useDownload(idOf(source));
  const { status, download } = reading;
  /** Which time it is that the viewer is asked; a dialog that is closing may be called for anew before it has said so. */
  const [asking, setAsking] = useState<number | null>(null);
  const ask = () => setAsking((now) => (now ?? 0) + 1);
  const trouble = useTrouble(reading, onRecovery);
  const attempt = useAttempt();
  const isOffered = status === 'ready' && download === null;
  const { reading: offer, readAgain } = useOffer(
    source,
    options,
    asking !== null || (showsSize && isOffered),
  );
  const face = buttonFace({
    ...{ status, download, isTroubled: trouble !== null },
    isRecoverable: (trouble?.steps.length ?? 0) > 0,
    canPlay: onPlay !== undefined,
  });
  const notesId = useId();
  const title = download?.title ?? source.title ?? messages.untitled;

  const acts: Record<ButtonAction, () => void> = {
    start: () => (asksFirst ? ask() : attempt.run(async () => reading.start(source, options))),
    pause: () => attempt.run(reading.pause),
    resume: () => attempt.run(reading.resume),
    play: () => download && onPlay?.(download),
    recover: () => trouble?.steps[0]?.run(),
    none: () => {},
  };

  return (
    <div
      className={joinClassNames('secure-player-download-button', className)}
      data-part="download-button"
      data-status={download?.status ?? 'none'}
      data-license={download?.license?.status}
      data-error-code={trouble?.error.code}
      lang={messages.language}
      dir={messages.direction}
    >
      <div className="secure-player-download-pill">
        <button
          className="secure-player-download-main"
          type="button"
          data-action={face.action}
          aria-disabled={face.action === 'none' || trouble?.isBusy === true}
          aria-describedby={notesId}
          onClick={acts[face.action]}
        >
          {face.progress === undefined ? (
            <span className="secure-player-ring">{DOWNLOAD_ICONS[face.icon]}</span>
          ) : (
            <ProgressRing progress={face.progress}>{DOWNLOAD_ICONS[face.icon]}</ProgressRing>
          )}
          <ButtonWords {...{ reading, trouble, offer, messages }} action={face.action} />
        </button>
        {download && <RemovalButton {...{ download, title, messages }} remove={reading.remove} />}
      </div>
      <ButtonNotes id={notesId} {...{ reading, title, trouble, messages }} outcome={attempt.error} />
      {asking !== null && (
        <StartDialog
          {...{ source, options, reading, title, offer, messages }}
          onReadAgain={readAgain}
          key={asking}
          onClosed={() => setAsking((now) => (now === asking ? null : now))}
        />
      )}
    </div>
  );
}

function idOf({ id }: Source): string {
  if (id === undefined)
    throw new Error('<DownloadButton> needs a source with an `id`, which names the download.');

  return id;
}

interface ButtonWordsProps {
  reading: DownloadReading;
  trouble: Trouble | null;
  offer: OfferReading;
  action: ButtonAction;
  messages: DownloadMessages;
}

/** Two lines: what is, and how far or what can be done. */
function ButtonWords({ reading, trouble, offer, action, messages }: ButtonWordsProps): ReactNode {
  const { errors } = useSecurePlayerSettings().messages;
  const { download, error } = reading;
  const word = actionWord(action, messages);
  const [label, detail] = trouble
    ? [trouble.title, trouble.steps[0]?.label]
    : download
      ? [describeStage(download, messages), detailOf(download, messages)]
      : [messages.download, error ? errors[error.code].title : describeOffer(offer)];

  function describeOffer(read: OfferReading): string | undefined {
    if (read.status === 'failed') return errors[read.error.code].title;
    if (read.status !== 'ready') return undefined;

    return fillMessage(messages.about, { size: formatBytes(read.offer.estimate(), messages.language) });
  }

  return (
    <span className="secure-player-download-words">
      {word !== null && <span className="secure-player-spoken">{word}. </span>}
      <span className="secure-player-download-label">{label}</span>{' '}
      {detail !== undefined && <span className="secure-player-download-detail">{detail}</span>}
    </span>
  );
}

/** The share and the time that is left: there is no room for more. */
function detailOf(download: Download, messages: DownloadMessages): string | undefined {
  const pieces = describeProgress(download, messages);

  return [pieces[0], pieces[2]].filter((piece) => piece !== undefined).join(' · ') || undefined;
}
