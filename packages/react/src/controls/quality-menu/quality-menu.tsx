'use client';

import { forwardRef, type ForwardRefExoticComponent, type RefAttributes } from 'react';

import { usePlayer } from '../../player/use-player.js';
import { ICONS } from '../icons/icons.js';
import { ChoiceList } from '../menu/choice-list.js';
import { MenuButton, type ChoiceMenuProps, type MenuProps } from '../menu/menu-button.js';
import { useControlMessages } from '../use-control-messages.js';
import { useQualityChoices } from './use-quality-choices.js';

/** Chooses the rendition, or to adapt to the network. Renditions that cannot be used say why. Nothing for a title with one. */
export const QualityMenu: ForwardRefExoticComponent<ChoiceMenuProps & RefAttributes<HTMLButtonElement>> =
  forwardRef<HTMLButtonElement, ChoiceMenuProps>(function QualityMenu(props, ref) {
    const messages = useControlMessages();
    const hasChoice = usePlayer(({ qualities }) => qualities.length > 1);
    if (!hasChoice) return null;

    return (
      <MenuButton
        {...props}
        ref={ref}
        part="quality-menu"
        label={messages.quality}
        icon={ICONS.quality}
        Menu={QualityList}
      />
    );
  });

function QualityList(props: MenuProps) {
  return <ChoiceList {...props} group={useQualityChoices()} />;
}
