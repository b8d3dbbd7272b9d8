'use client';

import type { Download } from '@secure-player/offline';
import { useId, type ReactElement, type ReactNode } from 'react';

import { joinClassNames } from '../../controls/join-class-names.js';
import type { RecoveryHandlers } from '../../secure-player/secure-player-props.js';
import { DOWNLOAD_ICONS } from '../icons/download-icons.js';
import { ENGLISH_DOWNLOADS, type DownloadMessages } from '../messages/download-messages.js';
import { useTrouble, type Trouble } from '../recovery/use-trouble.js';
import { useDownload } from '../use-download.js';
import { describeProgress, describeStage } from '../words/describe-stage.js';
import { LicenseLines } from '../words/license-lines.js';
import { ItemActions } from './item-actions.js';
import { Poster } from './poster.js';
import { ProgressBar } from './progress-bar.js';
import { TroubleNote } from './trouble-note.js';

/** Props of {@link DownloadItem}. */
export interface DownloadItemProps {
  /** The content id of a download. */
  id: string;
  /** Plays a download, whole or as far as it has come. Without it no button for that is shown. */
  onPlay?: ((download: Download) => void) | undefined;
  /** What the page does about errors, by recovery. Another try and another license need nothing of the page. */
  onRecovery?: RecoveryHandlers | undefined;
  /** The level of its heading on the page. @default 3 */
  headingLevel?: 2 | 3 | 4 | 5 | undefined;
  /** @default ENGLISH_DOWNLOADS */
  messages?: DownloadMessages | undefined;
  className?: string | undefined;
}

/**
 * One download: what it is, how far it has come, for how long it can be watched, what is wrong and what helps. It renders when
 * this download changes, and is nothing where there is none of that id.
 *
 * @throws Error without `<SecurePlayerProvider downloads>`: a mistake in the page.
 */
export function DownloadItem(props: DownloadItemProps): ReactElement | null {
  const { id, onPlay, onRecovery, headingLevel = 3, messages = ENGLISH_DOWNLOADS, className } = props;
  const reading = useDownload(id);
  const trouble = useTrouble(reading, onRecovery);
  const headingId = useId();
  const { download } = reading;
  if (download === null) return null;

  const title = download.title ?? messages.untitled;
  const Heading = `h${headingLevel}` as const;
  const isUnfinished = download.status !== 'complete' && download.status !== 'removing';

  return (
    <article
      className={joinClassNames('secure-player-download', className)}
      aria-labelledby={headingId}
      data-part="download"
      data-status={download.status}
      data-license={download.license?.status}
      data-error-code={trouble?.error.code}
      lang={messages.language}
      dir={messages.direction}
    >
      <Poster src={download.source.poster} />
      <div className="secure-player-download-body">
        <Heading className="secure-player-download-title" id={headingId} title={title}>
          <bdi>{title}</bdi>
        </Heading>
        <StageLine {...{ download, trouble, messages }} />
        {isUnfinished && <ProgressBar {...{ download, title, messages }} />}
        {download.status === 'complete' && download.license && !trouble && (
          <p className="secure-player-download-licenses">
            <LicenseLines license={download.license} messages={messages} />
          </p>
        )}
      </div>
      <ItemActions {...{ reading, download, title, messages, onPlay }} isTroubled={trouble !== null} />
      {trouble && <TroubleNote {...{ trouble, title, messages }} />}
    </article>
  );
}

interface StageLineProps {
  download: Download;
  trouble: Trouble | null;
  messages: DownloadMessages;
}

/** Where it stands, which is said when it changes; and how far it has come, which is not. */
function StageLine({ download, trouble, messages }: StageLineProps): ReactNode {
  return (
    <p className="secure-player-download-line">
      <span className="secure-player-download-stage">
        {trouble && DOWNLOAD_ICONS.alert}
        {!trouble && download.status === 'complete' && DOWNLOAD_ICONS.check}
        {!trouble && download.status === 'waiting' && DOWNLOAD_ICONS.wait}
        <span role="status">{trouble ? trouble.title : describeStage(download, messages)}</span>
      </span>
      {describeProgress(download, messages).map((piece) => (
        <span key={piece} className="secure-player-download-piece">
          {piece}
        </span>
      ))}
    </p>
  );
}
