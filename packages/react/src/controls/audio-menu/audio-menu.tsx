'use client';

import { forwardRef, type ForwardRefExoticComponent, type RefAttributes } from 'react';

import { usePlayer } from '../../player/use-player.js';
import { ICONS } from '../icons/icons.js';
import { ChoiceList } from '../menu/choice-list.js';
import { MenuButton, type ChoiceMenuProps, type MenuProps } from '../menu/menu-button.js';
import { useControlMessages } from '../use-control-messages.js';
import { useAudioChoices } from './use-audio-choices.js';

/** Chooses the sound. Nothing for a title with one. */
export const AudioMenu: ForwardRefExoticComponent<ChoiceMenuProps & RefAttributes<HTMLButtonElement>> =
  forwardRef<HTMLButtonElement, ChoiceMenuProps>(function AudioMenu(props, ref) {
    const messages = useControlMessages();
    const hasChoice = usePlayer(({ audioTracks }) => audioTracks.length > 1);
    if (!hasChoice) return null;

    return (
      <MenuButton
        {...props}
        ref={ref}
        part="audio-menu"
        label={messages.audio}
        icon={ICONS.audio}
        Menu={AudioList}
      />
    );
  });

function AudioList(props: MenuProps) {
  return <ChoiceList {...props} group={useAudioChoices()} />;
}
