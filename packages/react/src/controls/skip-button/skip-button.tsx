'use client';

import { forwardRef, type ForwardRefExoticComponent, type RefAttributes } from 'react';

import { usePlayerInstance } from '../../player/player-context.js';
import { ControlButton, type ControlButtonProps } from '../control-button/control-button.js';
import { describeTime } from '../format-time/describe-time.js';
import { fillMessage } from '../format-time/fill-message.js';
import { ICONS } from '../icons/icons.js';
import { seekBy } from '../seek-bar/seek-by.js';
import { useControlMessages } from '../use-control-messages.js';

/** Props of {@link SkipButton}. */
export interface SkipButtonProps extends ControlButtonProps {
  /** Where to. */
  direction: 'backward' | 'forward';
}

const SECONDS = 10;

/** Ten seconds back or forward. */
export const SkipButton: ForwardRefExoticComponent<SkipButtonProps & RefAttributes<HTMLButtonElement>> =
  forwardRef<HTMLButtonElement, SkipButtonProps>(function SkipButton({ direction, ...props }, ref) {
    const messages = useControlMessages();
    const player = usePlayerInstance('SkipButton');
    const isForward = direction === 'forward';
    const label = isForward ? messages.skipForward : messages.skipBackward;

    return (
      <ControlButton
        {...props}
        ref={ref}
        part="skip-button"
        label={fillMessage(label, { time: describeTime(SECONDS, messages.language) })}
        icon={isForward ? ICONS.skipForward : ICONS.skipBackward}
        shortcut={isForward ? 'l' : 'j'}
        data-direction={direction}
        onActivate={() => seekBy(player, isForward ? SECONDS : -SECONDS)}
      />
    );
  });
