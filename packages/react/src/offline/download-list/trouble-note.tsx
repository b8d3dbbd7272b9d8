'use client';

import type { ReactNode } from 'react';

import { fillMessage } from '../../controls/format-time/fill-message.js';
import type { DownloadMessages } from '../messages/download-messages.js';
import type { Trouble } from '../recovery/use-trouble.js';

interface TroubleNoteProps {
  trouble: Trouble;
  /** Of the download. */
  title: string;
  messages: DownloadMessages;
}

/** What is wrong with a download and what can be done, with a button for each thing that can be done here. */
export function TroubleNote({ trouble, title, messages }: TroubleNoteProps): ReactNode {
  const { text, steps, isBusy, outcome } = trouble;

  return (
    <div className="secure-player-download-trouble">
      <p>{text}</p>
      {/* There before anything is done: what comes into it is said. */}
      <p className="secure-player-download-outcome" role="status">
        {outcome}
      </p>
      {steps.length > 0 && (
        <div className="secure-player-download-steps" aria-busy={isBusy}>
          {steps.map(({ recovery, label, run }, index) => (
            <button
              key={recovery}
              className="secure-player-action"
              type="button"
              data-recovery={recovery}
              data-kind={index === 0 ? 'primary' : undefined}
              aria-label={fillMessage(messages.actionOf, { action: label, title })}
              aria-disabled={isBusy}
              onClick={run}
            >
              {label}
            </button>
          ))}
        </div>
      )}
    </div>
  );
}
