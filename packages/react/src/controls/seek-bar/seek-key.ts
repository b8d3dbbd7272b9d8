import type { TimeSpan } from '@secure-player/core';

import { clampTime } from './seek-range.js';

const STEP_SECONDS = 5;
const PAGE_SECONDS = 60;

/** Where a key moves a focused seek bar, or null where the key is none of its own. Arrows go where they point. */
export function seekKeyTarget(key: string, now: number, range: TimeSpan, isRtl: boolean): number | null {
  if (key === 'Home') return range.start;
  if (key === 'End') return range.end;

  const step = stepOf(key, isRtl);
  return step === null ? null : clampTime(now + step, range);
}

function stepOf(key: string, isRtl: boolean): number | null {
  switch (key) {
    case 'ArrowUp':
      return STEP_SECONDS;
    case 'ArrowDown':
      return -STEP_SECONDS;
    case 'ArrowRight':
      return isRtl ? -STEP_SECONDS : STEP_SECONDS;
    case 'ArrowLeft':
      return isRtl ? STEP_SECONDS : -STEP_SECONDS;
    case 'PageUp':
      return PAGE_SECONDS;
    case 'PageDown':
      return -PAGE_SECONDS;
    default:
      return null;
  }
}
