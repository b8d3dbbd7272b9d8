'use client';

import { usePlayer, usePlayerActions } from '../../player/use-player.js';
import type { ChoiceGroup } from '../menu/choice-group.js';
import { trackLabel } from '../menu/track-label.js';
import { useControlMessages } from '../use-control-messages.js';

/** The captions of the title, and none. */
export function useCaptionsChoices(): ChoiceGroup {
  const messages = useControlMessages();
  const tracks = usePlayer(({ textTracks }) => textTracks);
  const { selectTextTrack } = usePlayerActions();
  const chosen = tracks.find(({ active }) => active);

  return {
    part: 'captions-menu',
    label: messages.captions,
    value: chosen ? trackLabel(chosen) : messages.captionsOff,
    choices: [
      { id: 'off', label: messages.captionsOff, isChosen: !chosen, choose: () => selectTextTrack(null) },
      ...tracks.map((track) => ({
        id: track.id,
        label: trackLabel(track),
        isChosen: track === chosen,
        choose: () => selectTextTrack(track.id),
      })),
    ],
  };
}
