'use client';

import { usePlayer, usePlayerActions } from '../../player/use-player.js';
import type { ChoiceGroup } from '../menu/choice-group.js';
import { trackLabels } from '../menu/track-labels.js';
import { useControlMessages } from '../use-control-messages.js';

/** The languages of the sound. */
export function useAudioChoices(): ChoiceGroup {
  const messages = useControlMessages();
  const tracks = usePlayer(({ audioTracks }) => audioTracks);
  const { selectAudioTrack } = usePlayerActions();
  const chosen = tracks.findIndex(({ active }) => active);
  const labels = trackLabels(tracks, messages.trackKinds);

  return {
    part: 'audio-menu',
    label: messages.audio,
    value: labels[chosen] ?? '',
    choices: tracks.map(({ id }, index) => ({
      id,
      label: labels[index] ?? id,
      isChosen: index === chosen,
      choose: () => selectAudioTrack(id),
    })),
  };
}
