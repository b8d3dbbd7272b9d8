'use client';

import { forwardRef, type ForwardRefExoticComponent, type RefAttributes } from 'react';

import { usePlayerView } from '../../player/player-view.js';
import { ControlButton, type ControlButtonProps } from '../control-button/control-button.js';
import { ICONS } from '../icons/icons.js';
import { useControlMessages } from '../use-control-messages.js';
import { useVideoValue, type VideoSubscription } from '../use-video-value.js';
import { canFillScreen, fillsScreen, toggleFullscreen } from './fullscreen.js';

/**
 * Fills the screen with the player and its controls; on an iPhone, which allows no more, with the picture under its own.
 * Nothing where neither can be; `data-active` while it does.
 */
export const FullscreenButton: ForwardRefExoticComponent<
  ControlButtonProps & RefAttributes<HTMLButtonElement>
> = forwardRef<HTMLButtonElement, ControlButtonProps>(function FullscreenButton(props, ref) {
  const messages = useControlMessages();
  const { video, root } = usePlayerView();
  const isPossible = useVideoValue(onFullscreenChange, canFillScreen, false);
  const isActive = useVideoValue(onFullscreenChange, fillsScreen, false);
  if (!isPossible) return null;

  return (
    <ControlButton
      {...props}
      ref={ref}
      part="fullscreen-button"
      label={isActive ? messages.exitFullscreen : messages.enterFullscreen}
      icon={isActive ? ICONS.exitFullscreen : ICONS.enterFullscreen}
      shortcut="f"
      data-active={isActive ? '' : undefined}
      onActivate={() => {
        if (video.current && root.current) toggleFullscreen(video.current, root.current);
      }}
    />
  );
});

const onFullscreenChange: VideoSubscription = ({ video }, changed, signal) => {
  video.ownerDocument.addEventListener('fullscreenchange', changed, { signal });
  video.addEventListener('webkitbeginfullscreen', changed, { signal });
  video.addEventListener('webkitendfullscreen', changed, { signal });
};
