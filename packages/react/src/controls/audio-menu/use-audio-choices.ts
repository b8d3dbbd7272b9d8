'use client';

import { usePlayer, usePlayerActions } from '../../player/use-player.js';
import type { ChoiceGroup } from '../menu/choice-group.js';
import { trackLabel } from '../menu/track-label.js';
import { useControlMessages } from '../use-control-messages.js';

/** The languages of the sound. */
export function useAudioChoices(): ChoiceGroup {
  const messages = useControlMessages();
  const tracks = usePlayer(({ audioTracks }) => audioTracks);
  const { selectAudioTrack } = usePlayerActions();
  const chosen = tracks.find(({ active }) => active);

  return {
    part: 'audio-menu',
    label: messages.audio,
    value: chosen ? trackLabel(chosen) : '',
    choices: tracks.map((track) => ({
      id: track.id,
      label: trackLabel(track),
      isChosen: track === chosen,
      choose: () => selectAudioTrack(track.id),
    })),
  };
}
