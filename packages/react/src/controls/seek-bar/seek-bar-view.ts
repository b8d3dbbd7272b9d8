import type { ControlMessages, Player, PlayerState, TimeSpan } from '@secure-player/core';

import { describeTime } from '../format-time/describe-time.js';
import { fillMessage } from '../format-time/fill-message.js';
import { formatClock } from '../format-time/format-clock.js';
import { seekKeyTarget } from './seek-key.js';
import { secondsBehindLive, seekRangeOf, timeAt, toFraction } from './seek-range.js';

/** What a {@link SeekBarView} shows and moves. */
export interface SeekBarViewOptions {
  readonly bar: HTMLElement;
  readonly buffered: HTMLElement;
  readonly preview: HTMLElement;
  readonly previewTime: HTMLElement;
  readonly player: Pick<Player, 'getState' | 'subscribe' | 'actions'>;
  readonly messages: ControlMessages;
  /** Shows the picture of a time in the preview, or takes it away. */
  readonly showThumbnail: (seconds: number) => void;
}

/**
 * Writes where playback is into a seek bar, and reads where the viewer wants it. It does so outside of React: a position
 * changes four times a second, and nothing else does.
 */
export class SeekBarView {
  readonly #options: SeekBarViewOptions;
  /** Where the viewer drags to; the position follows the pointer until it is let go. */
  #dragged: number | null = null;
  #shown: Partial<PlayerState> = {};

  constructor(options: SeekBarViewOptions) {
    this.#options = options;
  }

  /** Starts to write and to listen, until the returned function is called. */
  attach(): () => void {
    const { bar, player } = this.#options;
    const controller = new AbortController();
    const { signal } = controller;
    const unsubscribe = player.subscribe(() => this.#write());

    bar.addEventListener('pointerdown', (event) => this.#press(event), { signal });
    bar.addEventListener('pointermove', (event) => this.#point(event), { signal });
    bar.addEventListener('pointerup', () => this.#drop(), { signal });
    bar.addEventListener('pointerleave', () => this.#leave(), { signal });
    bar.addEventListener('pointercancel', () => this.#cancel(), { signal });
    bar.addEventListener('keydown', (event) => this.#pressKey(event), { signal });
    bar.addEventListener('blur', () => this.#leave(), { signal });
    this.#write();

    return () => {
      controller.abort();
      unsubscribe();
      this.#cancel();
    };
  }

  #range(): TimeSpan | null {
    return seekRangeOf(this.#options.player.getState());
  }

  #press(event: PointerEvent): void {
    const range = this.#range();
    if (event.button !== 0 || !range) return;

    this.#options.bar.setPointerCapture?.(event.pointerId);
    this.#options.bar.toggleAttribute('data-dragging', true);
    this.#dragged = this.#timeUnder(event, range);
    this.#point(event);
  }

  #point(event: PointerEvent): void {
    const range = this.#range();
    if (!range) return;

    const seconds = this.#timeUnder(event, range);
    this.#showPreview(seconds, range);
    if (this.#dragged === null) return;

    this.#dragged = seconds;
    this.#writePosition(seconds, range);
  }

  #drop(): void {
    const target = this.#dragged;
    this.#endDrag();
    if (target !== null) this.#options.player.actions.seek(target);
  }

  #cancel(): void {
    this.#endDrag();
    this.#leave();
    this.#shown = {};
    this.#write();
  }

  #endDrag(): void {
    this.#dragged = null;
    this.#options.bar.toggleAttribute('data-dragging', false);
  }

  #leave(): void {
    if (this.#dragged === null) this.#options.preview.toggleAttribute('data-visible', false);
  }

  #pressKey(event: KeyboardEvent): void {
    const range = this.#range();
    if (!range || event.ctrlKey || event.metaKey || event.altKey) return;

    const { getState, actions } = this.#options.player;
    const target = seekKeyTarget(event.key, getState().currentTime, range, this.#isRtl());
    if (target === null) return;

    // The page would scroll, and the player's own keys seek a second time.
    event.preventDefault();
    actions.seek(target);
    this.#showPreview(target, range);
  }

  #timeUnder({ clientX }: PointerEvent, range: TimeSpan): number {
    const { left, width } = this.#options.bar.getBoundingClientRect();
    const fraction = width > 0 ? (clientX - left) / width : 0;

    return timeAt(this.#isRtl() ? 1 - fraction : fraction, range);
  }

  #isRtl(): boolean {
    return getComputedStyle(this.#options.bar).direction === 'rtl';
  }

  #showPreview(seconds: number, range: TimeSpan): void {
    const { bar, preview, previewTime, player, showThumbnail } = this.#options;
    const shown = player.getState().live ? seconds - range.end : seconds;

    bar.style.setProperty('--_pointed', String(toFraction(seconds, range)));
    previewTime.textContent = formatClock(shown, range.end - range.start);
    preview.toggleAttribute('data-visible', true);
    showThumbnail(seconds);
  }

  #write(): void {
    const state = this.#options.player.getState();
    const { currentTime, duration, seekable, buffered, live } = state;
    const shown = this.#shown;
    this.#shown = state;

    const range = seekRangeOf(state);
    const isMoved =
      shown.currentTime !== currentTime || shown.duration !== duration || shown.seekable !== seekable;
    if (isMoved || shown.live !== live) {
      this.#options.bar.setAttribute('aria-disabled', String(range === null));
      this.#writePosition(this.#dragged ?? currentTime, range);
    }
    if (isMoved || shown.buffered !== buffered) this.#writeBuffered(buffered, range);
  }

  #writePosition(seconds: number, range: TimeSpan | null): void {
    const { bar } = this.#options;
    bar.style.setProperty('--_played', String(range ? toFraction(seconds, range) : 0));

    setAttribute(bar, 'aria-valuemin', String(Math.floor(range?.start ?? 0)));
    setAttribute(bar, 'aria-valuemax', String(Math.ceil(range?.end ?? 0)));
    setAttribute(bar, 'aria-valuenow', String(range ? Math.round(seconds) : 0));
    // What was said of the last title is not true of the next, whose length is not known yet.
    setAttribute(bar, 'aria-valuetext', range && this.#describe(seconds, range));
  }

  #describe(seconds: number, range: TimeSpan): string {
    const { messages, player } = this.#options;
    const { language } = messages;
    const state = player.getState();

    if (state.live) {
      const behind = secondsBehindLive({ ...state, currentTime: seconds });
      return behind > 0
        ? fillMessage(messages.behindLive, { time: describeTime(behind, language) })
        : messages.live;
    }

    return fillMessage(messages.position, {
      position: describeTime(seconds, language),
      duration: describeTime(range.end, language),
    });
  }

  #writeBuffered(spans: readonly TimeSpan[], range: TimeSpan | null): void {
    const percent = (seconds: number) => (range ? `${(toFraction(seconds, range) * 100).toFixed(2)}%` : '0%');
    const stops = spans.flatMap(({ start, end }) => [
      `transparent ${percent(start)}`,
      `var(--_buffered) ${percent(start)} ${percent(end)}`,
      `transparent ${percent(end)}`,
    ]);
    const side = this.#isRtl() ? 'left' : 'right';

    this.#options.buffered.style.backgroundImage =
      stops.length > 0 ? `linear-gradient(to ${side}, ${stops.join(', ')})` : '';
  }
}

/** Writes only what differs: assistive technology hears of every write. */
function setAttribute(element: Element, name: string, value: string | null): void {
  if (element.getAttribute(name) === value) return;

  if (value === null) element.removeAttribute(name);
  else element.setAttribute(name, value);
}
