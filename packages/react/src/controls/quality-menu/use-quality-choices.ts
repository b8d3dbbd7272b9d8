'use client';

import type { ControlMessages, Quality } from '@secure-player/core';

import { usePlayer, usePlayerActions } from '../../player/use-player.js';
import { fillMessage } from '../format-time/fill-message.js';
import type { Choice, ChoiceGroup } from '../menu/choice-group.js';
import { useControlMessages } from '../use-control-messages.js';
import { qualityLabel, qualityName } from './quality-name.js';

/** The renditions, and to adapt. A rendition that was chosen and cannot be used any more leaves adapting chosen. */
export function useQualityChoices(): ChoiceGroup {
  const messages = useControlMessages();
  const { selectQuality } = usePlayerActions();
  const { qualities, quality, chosenQuality } = usePlayer((state) => ({
    qualities: state.qualities,
    quality: state.quality,
    chosenQuality: state.chosenQuality,
  }));
  const chosen = qualities.find(({ id, unusableReason }) => id === chosenQuality && !unusableReason);
  const auto: Choice = {
    id: 'auto',
    label: !chosen && quality ? autoLabel(quality, qualities, messages) : messages.autoQuality,
    isChosen: !chosen,
    choose: () => selectQuality(null),
  };
  const choices = qualities.map((each): Choice => {
    const label = qualityLabel(each, qualities);
    const name = qualityName(each);
    return {
      id: each.id,
      label,
      badge: name ?? undefined,
      isChosen: each === chosen,
      unusableReason:
        each.unusableReason &&
        fillMessage(messages.unusable[each.unusableReason], { quality: name ?? label }),
      choose: () => selectQuality(each.id),
    };
  });

  return {
    part: 'quality-menu',
    label: messages.quality,
    value: chosen ? qualityLabel(chosen, qualities) : auto.label,
    choices: [auto, ...choices],
  };
}

function autoLabel(quality: Quality, qualities: readonly Quality[], messages: ControlMessages): string {
  return fillMessage(messages.autoQualityNow, { quality: qualityLabel(quality, qualities) });
}
