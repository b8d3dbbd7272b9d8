'use client';

import type { PlaybackError } from '@secure-player/core';
import type { ReactNode } from 'react';

import { useSecurePlayerSettings } from '../../provider/secure-player-provider.js';
import type { DownloadMessages } from '../messages/download-messages.js';
import type { Trouble } from '../recovery/use-trouble.js';
import type { DownloadReading } from '../use-download.js';
import { describeStage } from '../words/describe-stage.js';
import { LicenseLines } from '../words/license-lines.js';

interface ButtonNotesProps {
  id: string;
  reading: DownloadReading;
  title: string;
  trouble: Trouble | null;
  /** What came of the last press, where it failed. */
  outcome: PlaybackError | null;
  messages: DownloadMessages;
}

/** What does not fit into the button: for how long the download can be watched, what to do about trouble. */
export function ButtonNotes({ id, reading, title, trouble, outcome, messages }: ButtonNotesProps): ReactNode {
  const { errors } = useSecurePlayerSettings().messages;
  const { download, error } = reading;
  const failure = outcome ?? error;

  return (
    <>
      <p className="secure-player-download-note" id={id}>
        {trouble && <span>{trouble.outcome ?? trouble.text}</span>}
        {!trouble && download?.status === 'complete' && download.license && (
          <LicenseLines license={download.license} messages={messages} />
        )}
        {failure && <span>{errors[failure.code].text}</span>}
      </p>
      {trouble && trouble.steps.length > 1 && (
        <div className="secure-player-download-steps">
          {trouble.steps.slice(1).map(({ recovery, label, run }) => (
            <button
              key={recovery}
              className="secure-player-action"
              type="button"
              data-recovery={recovery}
              onClick={run}
            >
              {label}
            </button>
          ))}
        </div>
      )}
      {/* Of the stage alone, not of each percent; there from the start, so that what comes into it is said. */}
      <p className="secure-player-spoken" role="status">
        {download && !trouble && `${title}: ${describeStage(download, messages)}`}
        {trouble && `${title}: ${trouble.outcome ?? trouble.title}`}
      </p>
    </>
  );
}
