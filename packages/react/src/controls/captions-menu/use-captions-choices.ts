'use client';

import { usePlayer, usePlayerActions } from '../../player/use-player.js';
import type { ChoiceGroup } from '../menu/choice-group.js';
import { trackLabels } from '../menu/track-labels.js';
import { useControlMessages } from '../use-control-messages.js';

/** The captions of the title, and none. */
export function useCaptionsChoices(): ChoiceGroup {
  const messages = useControlMessages();
  const tracks = usePlayer(({ textTracks }) => textTracks);
  const { selectTextTrack } = usePlayerActions();
  const chosen = tracks.findIndex(({ active }) => active);
  const labels = trackLabels(tracks, messages.trackKinds);

  return {
    part: 'captions-menu',
    label: messages.captions,
    value: labels[chosen] ?? messages.captionsOff,
    choices: [
      { id: 'off', label: messages.captionsOff, isChosen: chosen < 0, choose: () => selectTextTrack(null) },
      ...tracks.map(({ id }, index) => ({
        id,
        label: labels[index] ?? id,
        isChosen: index === chosen,
        choose: () => selectTextTrack(id),
      })),
    ],
  };
}
