'use client';

import { forwardRef, type ForwardRefExoticComponent, type RefAttributes } from 'react';

import { ICONS } from '../icons/icons.js';
import { ChoiceList } from '../menu/choice-list.js';
import { MenuButton, type ChoiceMenuProps, type MenuProps } from '../menu/menu-button.js';
import { useControlMessages } from '../use-control-messages.js';
import { usePlaybackRateChoices } from './use-playback-rate-choices.js';

/** Chooses how fast to play. */
export const PlaybackRateMenu: ForwardRefExoticComponent<ChoiceMenuProps & RefAttributes<HTMLButtonElement>> =
  forwardRef<HTMLButtonElement, ChoiceMenuProps>(function PlaybackRateMenu(props, ref) {
    const messages = useControlMessages();

    return (
      <MenuButton
        {...props}
        ref={ref}
        part="playback-rate-menu"
        label={messages.playbackRate}
        icon={ICONS.speed}
        Menu={PlaybackRateList}
      />
    );
  });

function PlaybackRateList(props: MenuProps) {
  return <ChoiceList {...props} group={usePlaybackRateChoices()} />;
}
