'use client';

import type { EntitlementBackend, Player, Source } from '@secure-player/core';
import { useEffect } from 'react';

import { loadStreamParts } from './load-stream-parts.js';

/**
 * Keeps a player among the account's streams while its component is shown, where the source has a playback session and the
 * page a backend. Hidden or gone, it gives the stream back.
 */
export function useKeptStream(
  player: Player,
  backend: EntitlementBackend | undefined,
  session: Source['session'],
): void {
  const { id, heartbeatSeconds, takesStream } = session ?? {};

  useEffect(() => {
    if (!backend || id === undefined || heartbeatSeconds === undefined) return undefined;

    let isOver = false;
    let end = () => {};
    const begin = async () => {
      const { keepStream } = await loadStreamParts();
      if (!isOver) end = keepStream({ player, backend, session: { id, heartbeatSeconds, takesStream } });
    };
    // Without the code for it nothing is kept: the server then ends the stream, and refuses its licenses.
    begin().catch(() => {});

    return () => {
      isOver = true;
      end();
    };
  }, [player, backend, id, heartbeatSeconds, takesStream]);
}
