'use client';

import type { PlaybackError } from '@secure-player/core';
import type { ReactElement, ReactNode } from 'react';

import { joinClassNames } from '../../controls/join-class-names.js';
import { useSecurePlayerSettings } from '../../provider/secure-player-provider.js';
import { DOWNLOAD_ICONS } from '../icons/download-icons.js';
import { ENGLISH_DOWNLOADS, type DownloadMessages } from '../messages/download-messages.js';
import { useDownloadsStatus } from '../use-downloads-status.js';
import { DownloadItem, type DownloadItemProps } from './download-item.js';
import { useDownloadIds } from './use-download-ids.js';

/** Props of {@link DownloadList}. */
export interface DownloadListProps extends Omit<DownloadItemProps, 'id'> {
  /** What is shown below the words where nothing is downloaded, such as a link to the catalogue. */
  whenEmpty?: ReactNode;
}

/**
 * All downloads of this device, in the order in which they were added. It renders when one comes or goes; each item for itself.
 *
 * @throws Error without `<SecurePlayerProvider downloads>`: a mistake in the page.
 */
export function DownloadList({ whenEmpty, className, ...item }: DownloadListProps): ReactElement {
  const { messages = ENGLISH_DOWNLOADS } = item;
  const { status, error } = useDownloadsStatus('<DownloadList>');
  const ids = useDownloadIds();

  return (
    <section
      className={joinClassNames('secure-player-downloads', className)}
      aria-label={messages.label}
      aria-busy={status === 'starting'}
      data-part="downloads"
      data-status={status}
      lang={messages.language}
      dir={messages.direction}
    >
      {ids.length > 0 ? (
        <ul className="secure-player-downloads-items">
          {ids.map((id) => (
            <li key={id}>
              <DownloadItem {...item} id={id} />
            </li>
          ))}
        </ul>
      ) : (
        <Nothing {...{ status, error, messages, whenEmpty }} />
      )}
    </section>
  );
}

interface NothingProps {
  status: ReturnType<typeof useDownloadsStatus>['status'];
  error: PlaybackError | null;
  messages: DownloadMessages;
  whenEmpty: ReactNode;
}

function Nothing({ status, error, messages, whenEmpty }: NothingProps): ReactNode {
  const { errors } = useSecurePlayerSettings().messages;
  const { list } = messages;
  if (status === 'starting') return <Placeholders label={list.starting} />;

  const { title, text } =
    status === 'unavailable'
      ? errors[error?.code ?? 'download-unsupported']
      : { title: list.empty, text: list.emptyText };

  return (
    <div className="secure-player-downloads-nothing" data-error-code={error?.code}>
      {DOWNLOAD_ICONS[status === 'unavailable' ? 'alert' : 'download']}
      <p className="secure-player-downloads-nothing-title">{title}</p>
      <p>{text}</p>
      {status === 'ready' && whenEmpty}
    </div>
  );
}

/** The shape of what is to come, so that the page does not jump. */
function Placeholders({ label }: { label: string }): ReactNode {
  return (
    <div className="secure-player-downloads-placeholders" role="status">
      <span className="secure-player-spoken">{label}</span>
      <span className="secure-player-downloads-placeholder" />
      <span className="secure-player-downloads-placeholder" />
    </div>
  );
}
