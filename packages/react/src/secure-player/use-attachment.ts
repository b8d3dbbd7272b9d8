'use client';

import type { Detach, Player } from '@secure-player/core';
import { createMediaElementPort } from '@secure-player/core/dom';
import { useEffect, useInsertionEffect, useRef, type RefObject } from 'react';

/**
 * Attaches a player to the media element that a component renders.
 *
 * Effects end for a component that goes, but also for one that `<Activity>` hides, and twice under StrictMode: there the
 * element stays in the document, and the player keeps its engine and its sessions for a while.
 */
export function useAttachment(player: Player, video: RefObject<HTMLVideoElement | null>): void {
  const detachHidden = useRef<Detach | null>(null);

  useEffect(() => {
    const element = video.current;
    if (!element) return undefined;

    const detach = player.attach(createMediaElementPort(element));
    detachHidden.current = null;

    return () => {
      const keep = element.isConnected;
      detach({ keep });
      if (keep) detachHidden.current = detach;
    };
  }, [player, video]);

  // The one effect of a hidden component that still ends when it is removed. Its readers may not be told in the middle of it.
  useInsertionEffect(
    () => () => {
      const detach = detachHidden.current;
      if (detach) queueMicrotask(() => detach());
    },
    [],
  );
}
