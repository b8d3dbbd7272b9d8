'use client';

import { useEffect, useId, useMemo, useState, type CSSProperties, type ReactElement } from 'react';

import { describeDetail, formatDuration } from './describe-detail.js';
import { ENGLISH_DIAGNOSTICS, type DiagnosticsMessages } from './diagnostics-messages.js';
import { layoutTimeline, type TimelineRow } from './layout-timeline.js';
import { useDrmTimeline } from './use-drm-timeline.js';

/** Props of {@link DrmTimelinePanel}. */
export interface DrmTimelinePanelProps {
  /** @default ENGLISH_DIAGNOSTICS */
  messages?: DiagnosticsMessages | undefined;
  /** The level of its heading on the page. @default 2 */
  headingLevel?: 2 | 3 | 4 | undefined;
  className?: string | undefined;
}

/**
 * The DRM timeline of the nearest player, drawn: a bar for each step on one scale, with its duration, its outcome and what is
 * known of it; and buttons that copy or download it as JSON without a secret.
 *
 * It lies beside the player, or anywhere in its `<PlayerScope>`, and takes its colors from the page around it.
 */
export function DrmTimelinePanel({
  messages = ENGLISH_DIAGNOSTICS,
  headingLevel = 2,
  className,
}: DrmTimelinePanelProps): ReactElement {
  const { entries, exportTimeline } = useDrmTimeline();
  const rows = useMemo(() => layoutTimeline(entries), [entries]);
  const headingId = useId();
  const Heading = `h${headingLevel}` as const;

  return (
    <section
      className={joinClassNames('secure-player-timeline', className)}
      aria-labelledby={headingId}
      lang={messages.language}
      dir={messages.direction}
      data-part="drm-timeline"
    >
      <div className="secure-player-timeline-head">
        <Heading id={headingId} className="secure-player-timeline-title">
          {messages.title}
        </Heading>
        {rows.length > 0 && <ExportButtons messages={messages} exportTimeline={exportTimeline} />}
      </div>
      {rows.length === 0 ? (
        <p className="secure-player-timeline-empty">{messages.empty}</p>
      ) : (
        <ol className="secure-player-timeline-steps">
          {rows.map((row) => (
            <Step key={row.entry.id} row={row} messages={messages} />
          ))}
        </ol>
      )}
    </section>
  );
}

function Step({ row, messages }: { row: TimelineRow; messages: DiagnosticsMessages }): ReactElement {
  const { entry, start, length, durationMs, gapMs } = row;
  const { step, sessionLabel, outcome, detail } = entry;
  const place = { '--_start': start, '--_length': length } as CSSProperties;
  const pieces = describeDetail(detail, messages);

  return (
    <li className="secure-player-timeline-step" data-step={step} data-outcome={outcome}>
      {gapMs !== null && (
        <p className="secure-player-timeline-gap">
          {formatDuration(gapMs, messages.language)} {messages.gap}
        </p>
      )}
      <p className="secure-player-timeline-name">
        {messages.steps[step]} {sessionLabel !== null && <span>{sessionLabel}</span>}
      </p>
      <p className="secure-player-timeline-result">
        <span className="secure-player-timeline-outcome">{messages.outcomes[outcome]}</span>{' '}
        {durationMs !== null && (
          <span className="secure-player-timeline-duration">
            {formatDuration(durationMs, messages.language)}
          </span>
        )}
      </p>
      <div className="secure-player-timeline-track" aria-hidden="true">
        <div className="secure-player-timeline-bar" style={place} />
      </div>
      {pieces.length > 0 && (
        <p className="secure-player-timeline-detail">
          {pieces.map((piece, index) => (
            // oxlint-disable-next-line react/no-array-index-key -- the pieces of one entry change as a whole
            <bdi key={index}>{piece}</bdi>
          ))}
        </p>
      )}
    </li>
  );
}

interface ExportButtonsProps {
  messages: DiagnosticsMessages;
  exportTimeline: () => string;
}

function ExportButtons({ messages, exportTimeline }: ExportButtonsProps): ReactElement {
  const [result, setResult] = useState<'copied' | 'notCopied' | null>(null);
  // It goes after a while: what a status says anew is read out, what it says still is not.
  useEffect(() => {
    if (result === null) return undefined;
    const timer = setTimeout(() => setResult(null), 4_000);
    return () => clearTimeout(timer);
  }, [result]);
  const copy = async () => {
    try {
      await navigator.clipboard.writeText(exportTimeline());
      setResult('copied');
    } catch {
      setResult('notCopied');
    }
  };

  return (
    <div className="secure-player-timeline-actions">
      <button type="button" className="secure-player-timeline-button" onClick={() => void copy()}>
        {messages.copy}
      </button>
      <button
        type="button"
        className="secure-player-timeline-button"
        onClick={() => download(exportTimeline())}
      >
        {messages.download}
      </button>
      <span role="status">{result && messages[result]}</span>
    </div>
  );
}

function download(text: string): void {
  const url = URL.createObjectURL(new Blob([text], { type: 'application/json' }));
  const link = document.createElement('a');
  link.href = url;
  link.download = 'drm-timeline.json';
  link.click();
  URL.revokeObjectURL(url);
}

function joinClassNames(own: string, given: string | undefined): string {
  return given === undefined ? own : `${own} ${given}`;
}
