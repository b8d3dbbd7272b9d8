'use client';

import {
  forwardRef,
  useEffect,
  useImperativeHandle,
  useRef,
  type ComponentPropsWithoutRef,
  type ForwardRefExoticComponent,
  type RefAttributes,
  type RefObject,
} from 'react';

import { usePlayerInstance } from '../../player/player-context.js';
import { usePlayerView } from '../../player/player-view.js';
import { joinClassNames } from '../join-class-names.js';
import { createThumbnailLoader } from '../thumbnails/thumbnail-loader.js';
import { createThumbnailView } from '../thumbnails/thumbnail-view.js';
import { useControlMessages } from '../use-control-messages.js';
import { SeekBarView } from './seek-bar-view.js';

/** Props of {@link SeekBar}: those of a `<div>`. */
export type SeekBarProps = ComponentPropsWithoutRef<'div'>;

/**
 * Where playback is, what is buffered, and where to go: by pointer, or by keyboard as a slider. Over the pointer it shows
 * the time and, where the source has `thumbnails`, its picture. Steady playback does not render it again.
 */
export const SeekBar: ForwardRefExoticComponent<SeekBarProps & RefAttributes<HTMLDivElement>> = forwardRef<
  HTMLDivElement,
  SeekBarProps
>(function SeekBar({ 'aria-label': label, className, ...rest }, ref) {
  const messages = useControlMessages();
  const bar = useRef<HTMLDivElement>(null);
  useImperativeHandle(ref, () => bar.current as HTMLDivElement, []);
  useSeekBarView(bar);

  return (
    <div
      {...rest}
      ref={bar}
      className={joinClassNames('secure-player-seek', className)}
      data-part="seek-bar"
      role="slider"
      tabIndex={0}
      aria-label={label ?? messages.seek}
      aria-valuemin={0}
      aria-valuemax={0}
      aria-valuenow={0}
    >
      <div className="secure-player-seek-track">
        <div className="secure-player-seek-buffered" />
        <div className="secure-player-seek-played" />
      </div>
      <div className="secure-player-seek-thumb" />
      <div className="secure-player-preview" aria-hidden="true">
        <div className="secure-player-thumbnail">
          <img alt="" draggable={false} />
        </div>
        <span className="secure-player-preview-time" />
      </div>
    </div>
  );
});

function useSeekBarView(ref: RefObject<HTMLDivElement | null>): void {
  const player = usePlayerInstance('SeekBar');
  const messages = useControlMessages();
  const { thumbnails } = usePlayerView();

  useEffect(() => {
    const bar = ref.current;
    if (!bar) return undefined;

    const controller = new AbortController();
    const { signal } = controller;
    const part = (selector: string) => bar.querySelector(selector) as HTMLElement;
    const detach = new SeekBarView({
      bar,
      buffered: part('.secure-player-seek-buffered'),
      preview: part('.secure-player-preview'),
      previewTime: part('.secure-player-preview-time'),
      player,
      messages,
      showThumbnail: createThumbnailView({
        frame: part('.secure-player-thumbnail'),
        image: part('img') as HTMLImageElement,
        load: createThumbnailLoader(thumbnails),
        signal,
      }),
    }).attach();

    return () => {
      detach();
      controller.abort();
    };
  }, [ref, player, messages, thumbnails]);
}
