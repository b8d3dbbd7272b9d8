'use client';

import type { DownloadOffer, DownloadTrack } from '@secure-player/offline';
import type { ReactNode } from 'react';

import { trackLabels } from '../../controls/menu/track-labels.js';
import type { DownloadMessages } from '../messages/download-messages.js';
import { formatBytes } from '../words/format-bytes.js';
import { ChoiceGroup } from './choice-group.js';
import { chosenTrackIds, toggled, type TrackChoice, type TrackOptions } from './track-choice.js';

interface TrackFieldsProps {
  offer: DownloadOffer;
  options: TrackOptions;
  choice: TrackChoice;
  messages: DownloadMessages;
  onChange: (choice: TrackChoice) => void;
}

/** The picture with the size that each would come to, languages of the sound, and subtitles. */
export function TrackFields({ offer, options, choice, messages, onChange }: TrackFieldsProps): ReactNode {
  const { picture, sound, subtitles } = messages.choice;
  const sizeWith = ({ id }: DownloadTrack) =>
    formatBytes(offer.estimate(chosenTrackIds({ ...choice, picture: id }, offer)), messages.language);

  return (
    <>
      <ChoiceGroup
        legend={picture}
        type="radio"
        tracks={options.pictures}
        chosen={choice.picture === null ? [] : [choice.picture]}
        labels={options.pictures.map(({ height, label, id }) =>
          height === null ? (label ?? id) : `${height}p`,
        )}
        detailOf={sizeWith}
        onChoose={(id) => onChange({ ...choice, picture: id })}
      />
      <ChoiceGroup
        legend={sound}
        type="checkbox"
        isNeeded
        tracks={options.sounds}
        labels={namesOf(options.sounds)}
        chosen={choice.sounds}
        onChoose={(id) => onChange({ ...choice, sounds: toggled(choice.sounds, id) })}
      />
      <ChoiceGroup
        legend={subtitles}
        type="checkbox"
        tracks={options.subtitles}
        labels={namesOf(options.subtitles)}
        chosen={choice.subtitles}
        onChoose={(id) => onChange({ ...choice, subtitles: toggled(choice.subtitles, id) })}
      />
    </>
  );
}

function namesOf(tracks: readonly DownloadTrack[]): readonly string[] {
  return trackLabels(
    tracks.map(({ language, label, id }) => ({
      language: language ?? 'und',
      label: language === null ? (label ?? id) : label,
    })),
  );
}
