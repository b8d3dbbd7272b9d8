'use client';

import { IDLE_STATE, shallowEqual, type PlayerActions, type PlayerState } from '@secure-player/core';
import { useState, useSyncExternalStore } from 'react';

import { usePlayerInstance } from './player-context.js';

/**
 * Reads a slice of the state of the nearest player, the one around it or in its `<PlayerScope>`; the component renders again only when that slice changes.
 *
 * The selector may be written inline, and may build a new object or array each time: results that `isEqual` calls the
 * same keep the identity of the first.
 */
export function usePlayer<Slice>(
  selector: (state: PlayerState) => Slice,
  isEqual: (from: Slice, to: Slice) => boolean = shallowEqual,
): Slice {
  const player = usePlayerInstance('usePlayer');
  const [select] = useState(() => createSliceReader<Slice>());

  return useSyncExternalStore(
    player.subscribe,
    () => select(player.getState(), selector, isEqual),
    () => select(IDLE_STATE, selector, isEqual),
  );
}

/** What the nearest player can be made to do. The functions keep their identity for the player's whole life. */
export function usePlayerActions(): PlayerActions {
  return usePlayerInstance('usePlayerActions').actions;
}

/**
 * `useSyncExternalStore` reads twice and wants the same object, and a selector that is written inline is another one at
 * each render. So an equal result is the one given before, whichever selector it came from.
 */
function createSliceReader<Slice>() {
  let last: { readonly state: PlayerState; readonly selector: unknown; readonly slice: Slice } | null = null;

  return (
    state: PlayerState,
    selector: (state: PlayerState) => Slice,
    isEqual: (from: Slice, to: Slice) => boolean,
  ): Slice => {
    if (last?.state === state && last.selector === selector) return last.slice;

    const slice = selector(state);
    last = { state, selector, slice: last && isEqual(last.slice, slice) ? last.slice : slice };
    return last.slice;
  };
}
