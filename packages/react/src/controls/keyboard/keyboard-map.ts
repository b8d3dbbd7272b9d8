import type { Player, PlayerState } from '@secure-player/core';

import { toggleMute } from '../mute-button/toggle-mute.js';
import { togglePlay } from '../play-button/toggle-play.js';
import { nextPlaybackRate } from '../playback-rate-menu/playback-rates.js';
import { seekBy } from '../seek-bar/seek-by.js';
import { seekRangeOf, timeAt } from '../seek-bar/seek-range.js';
import { shortcutKey, type Keystroke } from './shortcut-key.js';

/** What keys act on. */
export interface KeyboardTarget {
  readonly player: Pick<Player, 'getState' | 'actions'>;
  readonly isRtl: boolean;
  readonly toggleFullscreen: () => void;
  /** The captions that the viewer had last, of the texts there are. */
  readonly captions: { last: string | null };
}

type KeyAction = (target: KeyboardTarget) => void;

const VOLUME_STEP = 0.05;
const ARROW_SECONDS = 5;
const LETTER_SECONDS = 10;

/** Keys that turn something on and off: held down, they do it once. */
const TOGGLES: Readonly<Record<string, KeyAction>> = {
  ' ': ({ player }) => togglePlay(player),
  k: ({ player }) => togglePlay(player),
  m: ({ player }) => toggleMute(player),
  f: ({ toggleFullscreen }) => toggleFullscreen(),
  c: toggleCaptions,
};

/** Keys that do the same again while they are held down. Digits, which are tenths of the title, come beside them. */
const STEPS: Readonly<Record<string, KeyAction>> = {
  j: ({ player }) => seekBy(player, -LETTER_SECONDS),
  l: ({ player }) => seekBy(player, LETTER_SECONDS),
  arrowleft: ({ player, isRtl }) => seekBy(player, isRtl ? ARROW_SECONDS : -ARROW_SECONDS),
  arrowright: ({ player, isRtl }) => seekBy(player, isRtl ? -ARROW_SECONDS : ARROW_SECONDS),
  arrowup: (target) => changeVolume(target, VOLUME_STEP),
  arrowdown: (target) => changeVolume(target, -VOLUME_STEP),
  home: (target) => seekToFraction(target, 0),
  end: (target) => seekToFraction(target, 1),
  '<': ({ player }) => changeRate(player, -1),
  '>': ({ player }) => changeRate(player, 1),
};

/** What a key does, or null where it is none of the player's. */
export function keyAction(stroke: Keystroke & Pick<KeyboardEvent, 'repeat'>): KeyAction | null {
  const key = shortcutKey(stroke);
  if (/^\d$/.test(key)) return (target) => seekToFraction(target, Number(key) / 10);

  const toggle = TOGGLES[key];
  // It is still the player's: the page must not scroll.
  if (toggle) return stroke.repeat ? () => {} : toggle;

  return STEPS[key] ?? null;
}

function seekToFraction({ player }: KeyboardTarget, fraction: number): void {
  const range = seekRangeOf(player.getState());
  if (range) player.actions.seek(timeAt(fraction, range));
}

function changeVolume({ player: { getState, actions } }: KeyboardTarget, step: number): void {
  const { volume, muted } = getState();
  // In whole steps: a sum of twentieths would never be 1 again.
  const next = Math.round((volume + step) * 20) / 20;

  actions.setVolume(Math.min(1, Math.max(0, next)));
  if (muted && step > 0) actions.setMuted(false);
}

function changeRate({ getState, actions }: KeyboardTarget['player'], direction: 1 | -1): void {
  actions.setPlaybackRate(nextPlaybackRate(getState().playbackRate, direction));
}

function toggleCaptions({ player, captions }: KeyboardTarget): void {
  const { textTracks } = player.getState();
  const active = textTracks.find((track) => track.active);
  if (active) captions.last = active.id;

  player.actions.selectTextTrack(active ? null : trackToShow(textTracks, captions.last));
}

function trackToShow(tracks: PlayerState['textTracks'], last: string | null): string | null {
  const languages = globalThis.navigator?.languages ?? [];
  const matches = (wanted: string) =>
    tracks.find(({ language }) => language.split('-')[0] === wanted.split('-')[0]);
  const preferred = languages.map(matches).find((track) => track !== undefined);

  return (tracks.find(({ id }) => id === last) ?? preferred ?? tracks[0])?.id ?? null;
}
