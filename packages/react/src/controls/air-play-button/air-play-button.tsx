'use client';

import { forwardRef, type ForwardRefExoticComponent, type RefAttributes } from 'react';

import { usePlayerView } from '../../player/player-view.js';
import { ControlButton, type ControlButtonProps } from '../control-button/control-button.js';
import { ICONS } from '../icons/icons.js';
import { useControlMessages } from '../use-control-messages.js';
import { useVideoValue, type VideoSubscription } from '../use-video-value.js';
import { hasAirPlay, type WebKitVideo } from './has-air-play.js';

/** Opens WebKit's list of AirPlay receivers. Nothing elsewhere, nor without a receiver; `data-active` while one plays. */
export const AirPlayButton: ForwardRefExoticComponent<ControlButtonProps & RefAttributes<HTMLButtonElement>> =
  forwardRef<HTMLButtonElement, ControlButtonProps>(function AirPlayButton(props, ref) {
    const messages = useControlMessages();
    const { video } = usePlayerView();
    const isPossible = useVideoValue(onAvailability, isAvailable, false);
    const isActive = useVideoValue(onTarget, isWireless, false);
    if (!isPossible) return null;

    return (
      <ControlButton
        {...props}
        ref={ref}
        part="air-play-button"
        label={messages.airPlay}
        icon={ICONS.airPlay}
        data-active={isActive ? '' : undefined}
        onActivate={() => openPicker(video.current)}
      />
    );
  });

function openPicker(video: WebKitVideo | null): void {
  video?.webkitShowPlaybackTargetPicker?.();
}

/** WebKit tells it in an event, and has no property to read it from. */
const available = new WeakSet<HTMLVideoElement>();

const onAvailability: VideoSubscription = ({ video }, changed, signal) => {
  if (!hasAirPlay(video)) return;

  const take = (event: Event) => {
    if ((event as Event & { availability?: string }).availability === 'available') available.add(video);
    else available.delete(video);
    changed();
  };
  video.addEventListener('webkitplaybacktargetavailabilitychanged', take, { signal });
};

const onTarget: VideoSubscription = ({ video }, changed, signal) => {
  video.addEventListener('webkitcurrentplaybacktargetiswirelesschanged', changed, { signal });
};

function isAvailable(video: HTMLVideoElement): boolean {
  return available.has(video);
}

function isWireless(video: WebKitVideo): boolean {
  return video.webkitCurrentPlaybackTargetIsWireless === true;
}
