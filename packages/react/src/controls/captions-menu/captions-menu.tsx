'use client';

import { forwardRef, type ForwardRefExoticComponent, type RefAttributes } from 'react';

import { usePlayer } from '../../player/use-player.js';
import { ICONS } from '../icons/icons.js';
import { ChoiceList } from '../menu/choice-list.js';
import { MenuButton, type ChoiceMenuProps, type MenuProps } from '../menu/menu-button.js';
import { useControlMessages } from '../use-control-messages.js';
import { useCaptionsChoices } from './use-captions-choices.js';

/** Chooses captions, or none; `data-active` while there are some on screen. Nothing for a title without captions. */
export const CaptionsMenu: ForwardRefExoticComponent<ChoiceMenuProps & RefAttributes<HTMLButtonElement>> =
  forwardRef<HTMLButtonElement, ChoiceMenuProps>(function CaptionsMenu(props, ref) {
    const messages = useControlMessages();
    const hasChoice = usePlayer(({ textTracks }) => textTracks.length > 0);
    const isActive = usePlayer(({ textTracks }) => textTracks.some((track) => track.active));
    if (!hasChoice) return null;

    return (
      <MenuButton
        {...props}
        ref={ref}
        part="captions-menu"
        label={messages.captions}
        icon={ICONS.captions}
        Menu={CaptionsList}
        shortcut="c"
        data-active={isActive ? '' : undefined}
      />
    );
  });

function CaptionsList(props: MenuProps) {
  return <ChoiceList {...props} group={useCaptionsChoices()} />;
}
