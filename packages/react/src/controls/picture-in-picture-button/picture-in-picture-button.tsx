'use client';

import { forwardRef, type ForwardRefExoticComponent, type RefAttributes } from 'react';

import { usePlayerView } from '../../player/player-view.js';
import { ControlButton, type ControlButtonProps } from '../control-button/control-button.js';
import { ICONS } from '../icons/icons.js';
import { useControlMessages } from '../use-control-messages.js';
import { useVideoValue, type VideoSubscription } from '../use-video-value.js';

/** Takes the picture into a small window, and back. Nothing where the browser has none; `data-active` while it is there. */
export const PictureInPictureButton: ForwardRefExoticComponent<
  ControlButtonProps & RefAttributes<HTMLButtonElement>
> = forwardRef<HTMLButtonElement, ControlButtonProps>(function PictureInPictureButton(props, ref) {
  const messages = useControlMessages();
  const { video } = usePlayerView();
  const isPossible = useVideoValue(onChange, canLeavePage, false);
  const isActive = useVideoValue(onChange, isOutOfPage, false);
  if (!isPossible) return null;

  return (
    <ControlButton
      {...props}
      ref={ref}
      part="picture-in-picture-button"
      label={isActive ? messages.exitPictureInPicture : messages.enterPictureInPicture}
      icon={ICONS.pictureInPicture}
      data-active={isActive ? '' : undefined}
      onActivate={() => {
        if (video.current) toggle(video.current).catch(() => {});
      }}
    />
  );
});

const onChange: VideoSubscription = ({ video }, changed, signal) => {
  for (const event of ['enterpictureinpicture', 'leavepictureinpicture', 'loadedmetadata']) {
    video.addEventListener(event, changed, { signal });
  }
};

function canLeavePage(video: HTMLVideoElement): boolean {
  return video.ownerDocument.pictureInPictureEnabled && !video.disablePictureInPicture;
}

function isOutOfPage(video: HTMLVideoElement): boolean {
  return (video.getRootNode() as Document | ShadowRoot).pictureInPictureElement === video;
}

/** Rejects where the viewer was faster, or the browser does not allow it now. */
async function toggle(video: HTMLVideoElement): Promise<void> {
  await (isOutOfPage(video) ? video.ownerDocument.exitPictureInPicture() : video.requestPictureInPicture());
}
