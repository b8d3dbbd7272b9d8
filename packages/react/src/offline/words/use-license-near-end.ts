'use client';

import { systemClock } from '@secure-player/core';
import { useEffect, useState } from 'react';

import { watchEnd } from '../../secure-player/watch-end.js';

/** A viewer who downloads for a journey has to hear of it the day before. */
const SOON_MS = 24 * 3_600_000;

/** Whether a license ends within a day, and has not yet. Renders when that changes; no seconds are counted. */
export function useLicenseNearEnd(expiresAt: number | null): boolean {
  const [near, setNear] = useState<number | null>(null);

  useEffect(() => {
    if (expiresAt === null) return undefined;

    return watchEnd(expiresAt, systemClock, (isNear) => setNear(isNear ? expiresAt : null), SOON_MS);
  }, [expiresAt]);

  return expiresAt !== null && near === expiresAt;
}
