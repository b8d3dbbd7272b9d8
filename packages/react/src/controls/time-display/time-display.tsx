'use client';

import {
  forwardRef,
  useEffect,
  useRef,
  type ComponentPropsWithoutRef,
  type ForwardRefExoticComponent,
  type RefAttributes,
} from 'react';
import type { PlayerState } from '@secure-player/core';

import { usePlayerInstance } from '../../player/player-context.js';
import { usePlayer } from '../../player/use-player.js';
import { formatClock } from '../format-time/format-clock.js';
import { joinClassNames } from '../join-class-names.js';

/** Props of {@link TimeDisplay}: those of a `<div>`. */
export type TimeDisplayProps = ComponentPropsWithoutRef<'div'>;

/** The position and the duration; nothing for a live stream, which has no end. Steady playback does not render it again. */
export const TimeDisplay: ForwardRefExoticComponent<TimeDisplayProps & RefAttributes<HTMLDivElement>> =
  forwardRef<HTMLDivElement, TimeDisplayProps>(function TimeDisplay({ className, ...rest }, ref) {
    const player = usePlayerInstance('TimeDisplay');
    const isLive = usePlayer(({ live }) => live);
    const position = useRef<HTMLSpanElement>(null);
    const duration = useRef<HTMLSpanElement>(null);
    useEffect(() => {
      const write = () => {
        const state = player.getState();
        setText(position.current, formatClock(state.currentTime, spanOf(state)));
        setText(duration.current, formatClock(state.duration, spanOf(state)));
      };
      write();

      return player.subscribe(write);
    }, [player]);

    return (
      <div
        {...rest}
        ref={ref}
        className={joinClassNames('secure-player-time', className)}
        data-part="time-display"
        hidden={isLive}
      >
        <span ref={position}>0:00</span>
        <span className="secure-player-time-duration">
          {' / '}
          <span ref={duration}>0:00</span>
        </span>
      </div>
    );
  });

function spanOf({ duration, currentTime }: PlayerState): number {
  return Number.isFinite(duration) ? duration : currentTime;
}

/** Four times a second the state changes, and once a second the text does. */
function setText(element: HTMLElement | null, text: string): void {
  if (element && element.textContent !== text) element.textContent = text;
}
