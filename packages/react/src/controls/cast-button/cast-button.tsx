'use client';

import { forwardRef, type ForwardRefExoticComponent, type RefAttributes } from 'react';

import { usePlayerView } from '../../player/player-view.js';
import { hasAirPlay } from '../air-play-button/has-air-play.js';
import { ControlButton, type ControlButtonProps } from '../control-button/control-button.js';
import { ICONS } from '../icons/icons.js';
import { useControlMessages } from '../use-control-messages.js';
import { useVideoValue, type VideoSubscription } from '../use-video-value.js';

/**
 * Opens the browser's list of devices to play on, by the Remote Playback API. Nothing without that API or a device that can
 * play this source, and where WebKit has AirPlay in its place; `data-active` while a device plays.
 */
export const CastButton: ForwardRefExoticComponent<ControlButtonProps & RefAttributes<HTMLButtonElement>> =
  forwardRef<HTMLButtonElement, ControlButtonProps>(function CastButton(props, ref) {
    const messages = useControlMessages();
    const { video } = usePlayerView();
    const isPossible = useVideoValue(onAvailability, isAvailable, false);
    const isActive = useVideoValue(onConnection, isConnected, false);
    if (!isPossible) return null;

    return (
      <ControlButton
        {...props}
        ref={ref}
        part="cast-button"
        label={messages.cast}
        icon={ICONS.cast}
        data-active={isActive ? '' : undefined}
        onActivate={() => {
          // Rejects when the viewer closes the list.
          video.current?.remote.prompt().catch(() => {});
        }}
      />
    );
  });

/** The browser tells it in a callback, and has no property to read it from. */
const available = new WeakSet<HTMLVideoElement>();

const onAvailability: VideoSubscription = ({ video }, changed, signal) => {
  const { remote } = video as Partial<HTMLVideoElement>;
  if (!remote?.watchAvailability || hasAirPlay(video)) return;

  const take = (isOne: boolean) => {
    if (isOne) available.add(video);
    else available.delete(video);
    changed();
  };
  // Rejects where a device cannot keep watch, or remote playback is off.
  remote
    .watchAvailability((isOne) => !signal.aborted && take(isOne))
    .then((id) => {
      const stop = () => void remote.cancelWatchAvailability(id).catch(() => {});
      if (signal.aborted) stop();
      else signal.addEventListener('abort', stop, { once: true });
    })
    .catch(() => {});
};

const onConnection: VideoSubscription = ({ video }, changed, signal) => {
  const { remote } = video as Partial<HTMLVideoElement>;
  for (const event of ['connecting', 'connect', 'disconnect']) {
    remote?.addEventListener?.(event, changed, { signal });
  }
};

function isAvailable(video: HTMLVideoElement): boolean {
  return available.has(video);
}

function isConnected(video: HTMLVideoElement): boolean {
  const { remote } = video as Partial<HTMLVideoElement>;

  return remote?.state === 'connected';
}
