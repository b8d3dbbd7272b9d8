'use client';

import { forwardRef, type ForwardRefExoticComponent, type RefAttributes } from 'react';

import { ControlButton, type ControlButtonProps } from '../control-button/control-button.js';
import { ICONS } from '../icons/icons.js';
import { useControlMessages } from '../use-control-messages.js';
import { usePlayToggle } from './use-play-toggle.js';

/** Plays, pauses, or plays again from the start; `data-mode` says which. */
export const PlayButton: ForwardRefExoticComponent<ControlButtonProps & RefAttributes<HTMLButtonElement>> =
  forwardRef<HTMLButtonElement, ControlButtonProps>(function PlayButton(props, ref) {
    const messages = useControlMessages();
    const [mode, toggle] = usePlayToggle('PlayButton');

    return (
      <ControlButton
        {...props}
        ref={ref}
        part="play-button"
        label={messages[mode]}
        icon={ICONS[mode]}
        shortcut="k"
        data-mode={mode}
        onActivate={toggle}
      />
    );
  });
