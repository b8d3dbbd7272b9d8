'use client';

import {
  forwardRef,
  useEffect,
  useImperativeHandle,
  useRef,
  type ChangeEvent,
  type ComponentPropsWithoutRef,
  type ForwardRefExoticComponent,
  type RefAttributes,
} from 'react';

import { usePlayer, usePlayerActions } from '../../player/use-player.js';
import { joinClassNames } from '../join-class-names.js';
import { useControlMessages } from '../use-control-messages.js';

/** Props of {@link VolumeSlider}: those of an `<input>`. `onChange` runs first, and may prevent the default. */
export type VolumeSliderProps = Omit<
  ComponentPropsWithoutRef<'input'>,
  'type' | 'min' | 'max' | 'step' | 'value' | 'defaultValue'
>;

/** How loud it is, 0 while muted; a value above 0 also ends the muting. */
export const VolumeSlider: ForwardRefExoticComponent<VolumeSliderProps & RefAttributes<HTMLInputElement>> =
  forwardRef<HTMLInputElement, VolumeSliderProps>(function VolumeSlider(
    { 'aria-label': label, className, onChange, ...rest },
    ref,
  ) {
    const messages = useControlMessages();
    const { setVolume, setMuted } = usePlayerActions();
    const percent = usePlayer(({ muted, volume }) => (muted ? 0 : Math.round(volume * 100)));
    const input = useRef<HTMLInputElement>(null);
    useImperativeHandle(ref, () => input.current as HTMLInputElement, []);
    useEffect(() => {
      // Not as a `style` attribute, which a strict content security policy forbids in what a server renders.
      input.current?.style.setProperty('--_value', `${percent}%`);
    }, [percent]);

    const change = (event: ChangeEvent<HTMLInputElement>) => {
      onChange?.(event);
      if (event.defaultPrevented) return;

      const { valueAsNumber } = event.target;
      setVolume(valueAsNumber / 100);
      setMuted(valueAsNumber === 0);
    };

    return (
      <input
        {...rest}
        ref={input}
        className={joinClassNames('secure-player-volume', className)}
        type="range"
        min={0}
        max={100}
        step={5}
        value={percent}
        data-part="volume-slider"
        aria-label={label ?? messages.volume}
        aria-valuetext={`${percent}%`}
        onChange={change}
      />
    );
  });
