'use client';

import { systemClock, type Clock, type KeyStatusPolicy, type PlayerState } from '@secure-player/core';
import { useEffect, useState } from 'react';

import { usePlayer } from '../player/use-player.js';
import { watchEnd } from './watch-end.js';

/**
 * When the license ends, in epoch milliseconds, where that is soon and no other is to come: a renewal was refused, or the
 * page wants none. Null otherwise.
 */
export function useLicenseEnd(
  policy: KeyStatusPolicy | undefined,
  clock: Clock = systemClock,
): number | null {
  const isLast = policy?.expired === 'error';
  const endsAt = usePlayer((state) =>
    state.status !== 'error' && (isLast || isRefused(state)) ? state.drm.expiresAt : null,
  );
  const [near, setNear] = useState<number | null>(null);

  useEffect(() => {
    if (endsAt === null) return undefined;
    return watchEnd(endsAt, clock, (isNear) => setNear(isNear ? endsAt : null));
  }, [endsAt, clock]);

  return near === endsAt ? endsAt : null;
}

/** Also while it is asked for again: what was said would come and go with each try. */
function isRefused({ drm, notice }: PlayerState): boolean {
  return drm.renewal === 'refused' || notice?.code === 'license-renewal-refused';
}
