'use client';

import { usePlayer, usePlayerActions } from '../../player/use-player.js';
import type { ChoiceGroup } from '../menu/choice-group.js';
import { useControlMessages } from '../use-control-messages.js';
import { PLAYBACK_RATES } from './playback-rates.js';

/** The rates of playback, with whichever other one the page has set. */
export function usePlaybackRateChoices(): ChoiceGroup {
  const messages = useControlMessages();
  const rate = usePlayer(({ playbackRate }) => playbackRate);
  const { setPlaybackRate } = usePlayerActions();
  const rates = [...new Set([...PLAYBACK_RATES, rate])].sort((a, b) => a - b);
  const labelOf = (each: number) => (each === 1 ? messages.normalRate : `${each}×`);

  return {
    part: 'playback-rate-menu',
    label: messages.playbackRate,
    value: labelOf(rate),
    choices: rates.map((each) => ({
      id: String(each),
      label: labelOf(each),
      isChosen: each === rate,
      choose: () => setPlaybackRate(each),
    })),
  };
}
