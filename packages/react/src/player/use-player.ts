'use client';

import { IDLE_STATE, shallowEqual, type PlayerActions, type PlayerState } from '@secure-player/core';
import { useMemo, useSyncExternalStore } from 'react';

import { usePlayerInstance } from './player-context.js';

/**
 * Reads a slice of the nearest player's state; the component renders again only when that slice changes.
 *
 * The selector may be written inline, and may build a new object or array each time: results that `isEqual` calls the
 * same keep the identity of the first.
 */
export function usePlayer<Slice>(
  selector: (state: PlayerState) => Slice,
  isEqual: (from: Slice, to: Slice) => boolean = shallowEqual,
): Slice {
  const player = usePlayerInstance('usePlayer');
  const select = useMemo(() => memoize(selector, isEqual), [selector, isEqual]);

  return useSyncExternalStore(
    player.subscribe,
    () => select(player.getState()),
    () => select(IDLE_STATE),
  );
}

/** What the nearest player can be made to do. The functions keep their identity for the player's whole life. */
export function usePlayerActions(): PlayerActions {
  return usePlayerInstance('usePlayerActions').actions;
}

/** `useSyncExternalStore` reads twice and wants the same object: an equal result is the one given before. */
function memoize<Slice>(
  selector: (state: PlayerState) => Slice,
  isEqual: (from: Slice, to: Slice) => boolean,
): (state: PlayerState) => Slice {
  let last: { readonly state: PlayerState; readonly slice: Slice } | null = null;

  return (state) => {
    if (last?.state === state) return last.slice;

    const slice = selector(state);
    last = { state, slice: last && isEqual(last.slice, slice) ? last.slice : slice };
    return last.slice;
  };
}
