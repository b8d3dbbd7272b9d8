'use client';

import { forwardRef, type ForwardRefExoticComponent, type RefAttributes } from 'react';

import { usePlayerInstance } from '../../player/player-context.js';
import { usePlayer } from '../../player/use-player.js';
import { ControlButton, type ControlButtonProps } from '../control-button/control-button.js';
import { ICONS } from '../icons/icons.js';
import { useControlMessages } from '../use-control-messages.js';
import { toggleMute } from './toggle-mute.js';

/** Turns the sound off and on; `data-level` is `muted`, `quiet` or `loud`. */
export const MuteButton: ForwardRefExoticComponent<ControlButtonProps & RefAttributes<HTMLButtonElement>> =
  forwardRef<HTMLButtonElement, ControlButtonProps>(function MuteButton(props, ref) {
    const messages = useControlMessages();
    const player = usePlayerInstance('MuteButton');
    const level = usePlayer(({ muted, volume }) => {
      if (muted || volume === 0) return 'muted';
      return volume < 0.5 ? 'quiet' : 'loud';
    });

    return (
      <ControlButton
        {...props}
        ref={ref}
        part="mute-button"
        label={level === 'muted' ? messages.unmute : messages.mute}
        icon={ICONS[level]}
        shortcut="m"
        data-level={level}
        onActivate={() => toggleMute(player)}
      />
    );
  });
