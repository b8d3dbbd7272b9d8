'use client';

import { toPlaybackError, type PlaybackError } from '@secure-player/core';
import { useState } from 'react';

/** Something that a viewer started, and what became of it. */
export interface Attempt {
  readonly isBusy: boolean;
  /** Of the last one; `null` once another has begun. */
  readonly error: PlaybackError | null;
  /** One at a time: buttons keep their focus meanwhile. `onDone` only where it went well. */
  readonly run: (act: () => Promise<void>, onDone?: () => void) => void;
}

/** Runs what a button does, and keeps its failure for the viewer. */
export function useAttempt(): Attempt {
  const [isBusy, setIsBusy] = useState(false);
  const [error, setError] = useState<PlaybackError | null>(null);

  const run = (act: () => Promise<void>, onDone?: () => void): void => {
    if (isBusy) return;

    setIsBusy(true);
    setError(null);
    void act()
      .then(onDone, (cause: unknown) => setError(toPlaybackError(cause, 'unknown')))
      .finally(() => setIsBusy(false));
  };

  return { isBusy, error, run };
}
