'use client';

import { useCallback, useSyncExternalStore } from 'react';

import { usePlayerView, type PlayerView } from '../player/player-view.js';

/** Tells of changes until the signal is aborted. */
export type VideoSubscription = (
  view: { readonly video: HTMLVideoElement; readonly root: HTMLElement },
  changed: () => void,
  signal: AbortSignal,
) => void;

/**
 * Something that the media element or its document knows and the player's state does not. `fallback` before mount and on a
 * server. Both functions have to keep their identity.
 */
export function useVideoValue<Value extends string | boolean>(
  subscribe: VideoSubscription,
  read: (video: HTMLVideoElement, root: HTMLElement) => Value,
  fallback: Value,
): Value {
  const view = usePlayerView();
  const listen = useCallback((changed: () => void) => listenTo(view, subscribe, changed), [view, subscribe]);
  const get = () => {
    const { current: video } = view.video;
    const { current: root } = view.root;
    return video && root ? read(video, root) : fallback;
  };

  return useSyncExternalStore(listen, get, () => fallback);
}

function listenTo(
  { video, root }: PlayerView,
  subscribe: VideoSubscription,
  changed: () => void,
): () => void {
  const controller = new AbortController();
  if (video.current && root.current) {
    subscribe({ video: video.current, root: root.current }, changed, controller.signal);
  }

  return () => controller.abort();
}
