'use client';

import { createContext, useContext, type Context, type RefObject } from 'react';

import { ShortcutsInUse } from './shortcuts-in-use.js';

/** What a player's controls have to do with beside its state: its elements, and what the source says of itself. */
export interface PlayerView {
  readonly root: RefObject<HTMLElement | null>;
  readonly video: RefObject<HTMLVideoElement | null>;
  readonly title: string | undefined;
  readonly poster: string | undefined;
  readonly thumbnails: string | undefined;
  readonly shortcuts: ShortcutsInUse;
}

const NO_VIEW: PlayerView = Object.freeze({
  root: { current: null },
  video: { current: null },
  title: undefined,
  poster: undefined,
  thumbnails: undefined,
  shortcuts: new ShortcutsInUse(),
});

/** The view of the player that the components below belong to; without elements where there is none. */
export const PlayerViewContext: Context<PlayerView> = createContext(NO_VIEW);

/** The nearest player's view. */
export function usePlayerView(): PlayerView {
  return useContext(PlayerViewContext);
}
