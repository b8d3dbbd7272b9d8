'use client';

import type { KeptStream, PlaybackError, StreamLeaseState, ViewerMessages } from '@secure-player/core';
import { useId, useState, type ReactNode } from 'react';

type AccountStream = StreamLeaseState['streams'][number];

/** Props of {@link PlayingElsewhere}, which imports nothing that a page without streams would have to load by itself. */
export interface PlayingElsewhereProps {
  /** What the player shows. */
  error: PlaybackError;
  lease: KeptStream;
  state: StreamLeaseState;
  messages: ViewerMessages;
}

/** What the account plays on other devices, and the ways to play here: in place of one of them, or once one has stopped. */
export function PlayingElsewhere({ error, lease, state, messages }: PlayingElsewhereProps): ReactNode {
  const { streams, takenOverBy, error: latest } = state;
  const [choice, setChoice] = useState<string | null>(null);
  const [isBusy, run] = useBusy();

  const chosen = streams.find(({ id }) => id === choice) ?? streams[0];
  const isTakenOver = error.code === 'stream-taken-over';
  const trouble = latest && latest.recovery !== 'stop-other-stream' ? messages.errors[latest.code] : null;

  return (
    <>
      <p className="secure-player-surface-text">
        {isTakenOver ? describeTakeOver(takenOverBy, messages) : messages.streams.inPlaceOfOne}
      </p>
      {chosen && <StreamList {...{ streams, chosen, messages }} onChoose={setChoice} />}
      <p className="secure-player-surface-text" role="status">
        {trouble && `${trouble.title}. ${trouble.text}`}
      </p>
      <div className="secure-player-surface-actions" aria-busy={isBusy}>
        <button
          className="secure-player-button"
          data-recovery={error.recovery}
          data-primary=""
          type="button"
          aria-disabled={isBusy}
          onClick={() => run(() => lease.takeOver(chosen?.id))}
        >
          {messages.streams.takeOver}
        </button>
        {!isTakenOver && (
          <button
            className="secure-player-button"
            data-recovery="retry"
            type="button"
            aria-disabled={isBusy}
            onClick={() => run(lease.renew)}
          >
            {messages.recoveries.retry}
          </button>
        )}
      </div>
    </>
  );
}

function describeTakeOver(device: string | null, { streams, errors }: ViewerMessages): string {
  return device === null ? errors['stream-taken-over'].text : fill(streams.takenOverBy, device);
}

interface StreamListProps {
  streams: readonly AccountStream[];
  chosen: AccountStream;
  messages: ViewerMessages;
  onChoose: (streamId: string) => void;
}

/** One of them needs no choice. */
function StreamList({ streams, chosen, messages, onChoose }: StreamListProps): ReactNode {
  const name = useId();
  const label = messages.streams.label;
  if (streams.length === 1) {
    return (
      <ul className="secure-player-streams" aria-label={label}>
        <li className="secure-player-stream">
          <StreamText stream={chosen} messages={messages} />
        </li>
      </ul>
    );
  }

  return (
    <fieldset className="secure-player-streams">
      <legend className="secure-player-spoken">{label}</legend>
      {streams.map((stream) => (
        <label key={stream.id} className="secure-player-stream">
          <input type="radio" name={name} checked={stream === chosen} onChange={() => onChoose(stream.id)} />
          <StreamText stream={stream} messages={messages} />
        </label>
      ))}
    </fieldset>
  );
}

function StreamText({ stream, messages }: { stream: AccountStream; messages: ViewerMessages }): ReactNode {
  const { device, contentId, startedAt } = stream;
  const time = formatSince(startedAt, messages.controls.language);

  return (
    <span className="secure-player-stream-text">
      <bdi className="secure-player-stream-device">{device}</bdi>
      <span className="secure-player-stream-detail">
        <bdi>{contentId}</bdi> · {fill(messages.streams.since, time)}
      </span>
    </span>
  );
}

/** A message with its only gap filled in. */
function fill(message: string, value: string): string {
  return message.replace(/\{\w+\}/, () => value);
}

/** The time of day, with the day where it is another one. */
function formatSince(milliseconds: number, language: string): string {
  const isToday = new Date(milliseconds).toDateString() === new Date().toDateString();
  const style = isToday ? undefined : ('medium' as const);

  return new Intl.DateTimeFormat(language, { timeStyle: 'short', dateStyle: style }).format(milliseconds);
}

/** Whether something is under way, and what starts it: one thing at a time, as the buttons keep their focus meanwhile. */
function useBusy(): readonly [boolean, (act: () => Promise<void>) => void] {
  const [isBusy, setIsBusy] = useState(false);
  const run = (act: () => Promise<void>): void => {
    if (isBusy) return;

    setIsBusy(true);
    // It does not reject.
    void act().finally(() => setIsBusy(false));
  };

  return [isBusy, run];
}
