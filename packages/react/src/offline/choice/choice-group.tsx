'use client';

import type { DownloadTrack } from '@secure-player/offline';
import { useId, type ReactNode } from 'react';

interface ChoiceGroupProps {
  legend: string;
  tracks: readonly DownloadTrack[];
  /** What each of them is called. */
  labels: readonly string[];
  /** `radio` where exactly one of them is chosen. */
  type: 'radio' | 'checkbox';
  chosen: readonly string[];
  /** Whether one of them has to stay chosen. */
  isNeeded?: boolean | undefined;
  /** What is told at the end of the line. */
  detailOf?: ((track: DownloadTrack) => string) | undefined;
  onChoose: (id: string) => void;
}

/** Tracks of one kind to choose from; nothing where there are none. */
export function ChoiceGroup(props: ChoiceGroupProps): ReactNode {
  const { legend, tracks, labels, type, chosen, isNeeded = false, detailOf, onChoose } = props;
  const name = useId();
  if (tracks.length === 0) return null;

  return (
    <fieldset className="secure-player-choice">
      <legend className="secure-player-choice-legend">{legend}</legend>
      {tracks.map((track, index) => {
        const isChosen = chosen.includes(track.id);

        return (
          <label key={track.id} className="secure-player-choice-option">
            <input
              type={type}
              name={name}
              checked={isChosen}
              disabled={type === 'checkbox' && isNeeded && isChosen && chosen.length === 1}
              onChange={() => onChoose(track.id)}
            />
            <span className="secure-player-choice-label">
              <bdi>{labels[index]}</bdi>
            </span>{' '}
            {detailOf && <span className="secure-player-choice-detail">{detailOf(track)}</span>}
          </label>
        );
      })}
    </fieldset>
  );
}
