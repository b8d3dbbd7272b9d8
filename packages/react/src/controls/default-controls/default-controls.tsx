'use client';

import {
  forwardRef,
  useImperativeHandle,
  useRef,
  type ComponentPropsWithoutRef,
  type ForwardRefExoticComponent,
  type RefAttributes,
} from 'react';

import { useSecurePlayerSettings } from '../../provider/secure-player-provider.js';
import { AirPlayButton } from '../air-play-button/air-play-button.js';
import { useAutoHide } from '../auto-hide/use-auto-hide.js';
import { CaptionsMenu } from '../captions-menu/captions-menu.js';
import { CastButton } from '../cast-button/cast-button.js';
import { CenterPlayButton } from '../center-play-button/center-play-button.js';
import { FullscreenButton } from '../fullscreen-button/fullscreen-button.js';
import { joinClassNames } from '../join-class-names.js';
import { useKeyboardShortcuts } from '../keyboard/use-keyboard-shortcuts.js';
import { LiveButton } from '../live-button/live-button.js';
import { useMediaSession } from '../media-session/use-media-session.js';
import { MuteButton } from '../mute-button/mute-button.js';
import { PictureInPictureButton } from '../picture-in-picture-button/picture-in-picture-button.js';
import { PlayButton } from '../play-button/play-button.js';
import { SeekBar } from '../seek-bar/seek-bar.js';
import { SettingsMenu } from '../settings-menu/settings-menu.js';
import { SkipButton } from '../skip-button/skip-button.js';
import { TimeDisplay } from '../time-display/time-display.js';
import { VolumeSlider } from '../volume-slider/volume-slider.js';

/** Props of {@link DefaultControls}: those of a `<div>`. */
export interface DefaultControlsProps extends ComponentPropsWithoutRef<'div'> {
  /** Whether the player has keys of its own while focus is in it; see `useKeyboardShortcuts`. @default true */
  keyboardShortcuts?: boolean | undefined;
}

/**
 * The layout that `<SecurePlayer controls>` shows: every part, in one bar that goes away while nothing is done. It runs
 * the way of its words, whatever the page around it.
 */
export const DefaultControls: ForwardRefExoticComponent<
  DefaultControlsProps & RefAttributes<HTMLDivElement>
> = forwardRef<HTMLDivElement, DefaultControlsProps>(function DefaultControls(
  { keyboardShortcuts = true, 'aria-label': label, className, children, ...rest },
  ref,
) {
  const { messages } = useSecurePlayerSettings();
  const controls = useRef<HTMLDivElement>(null);
  useImperativeHandle(ref, () => controls.current as HTMLDivElement, []);
  useAutoHide(controls);
  useKeyboardShortcuts(keyboardShortcuts);
  useMediaSession();

  return (
    <div
      lang={messages.language}
      dir={messages.direction}
      {...rest}
      ref={controls}
      className={joinClassNames('secure-player-controls', className)}
      data-part="controls"
      role="group"
      aria-label={label ?? messages.controls.label}
    >
      <CenterPlayButton />
      {children}
      <ControlBar />
    </div>
  );
});

function ControlBar() {
  return (
    <div className="secure-player-control-bar" data-part="control-bar">
      <SeekBar />
      <div className="secure-player-control-row">
        <PlayButton />
        <SkipButton direction="backward" />
        <SkipButton direction="forward" />
        <div className="secure-player-volume-group">
          <MuteButton />
          <VolumeSlider />
        </div>
        <LiveButton />
        <TimeDisplay />
        <div className="secure-player-control-space" />
        <CaptionsMenu />
        <SettingsMenu />
        <AirPlayButton />
        <CastButton />
        <PictureInPictureButton />
        <FullscreenButton />
      </div>
    </div>
  );
}
