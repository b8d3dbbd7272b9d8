'use client';

import { forwardRef, type ForwardRefExoticComponent, type RefAttributes } from 'react';

import { usePlayerView } from '../../player/player-view.js';
import { joinClassNames } from '../join-class-names.js';
import { ControlButton, type ControlButtonProps } from '../control-button/control-button.js';
import { ICONS } from '../icons/icons.js';
import { usePlayToggle } from '../play-button/use-play-toggle.js';
import { useControlMessages } from '../use-control-messages.js';

/**
 * The large button over the picture: before the first play and at the end, and with the other controls on a touch screen.
 * The style sheet decides, by the player's `data-status` and `data-controls`.
 */
export const CenterPlayButton: ForwardRefExoticComponent<
  ControlButtonProps & RefAttributes<HTMLButtonElement>
> = forwardRef<HTMLButtonElement, ControlButtonProps>(function CenterPlayButton(
  { className, ...props },
  ref,
) {
  const messages = useControlMessages();
  const [mode, toggle] = usePlayToggle('CenterPlayButton');
  const { root } = usePlayerView();

  return (
    <ControlButton
      {...props}
      ref={ref}
      className={joinClassNames('secure-player-center-play', className)}
      part="center-play-button"
      label={messages[mode]}
      icon={ICONS[mode]}
      data-mode={mode}
      onActivate={() => {
        toggle();
        // The button goes as the film begins. Focus would go with it, and the player's keys with the focus.
        root.current?.focus({ preventScroll: true });
      }}
    />
  );
});
