import type { Clock } from '@secure-player/core';

/** How long before its end a viewer is told of it: enough to come to a stop, or to ask for more. */
export const SOON_MS: number = 15 * 60_000;

/** A timer that is longer does not run in a browser, but is due at once. */
const MAX_TIMER_MS = 2 ** 31 - 1;

/**
 * Says whether an end is near, at once and when that changes, until the returned function is called. It waits for two
 * moments, and counts no seconds.
 */
export function watchEnd(
  endsAt: number,
  clock: Clock,
  onChange: (isNear: boolean) => void,
  soonMs: number = SOON_MS,
): () => void {
  let cancel = () => {};
  const look = () => {
    const left = endsAt - clock.now();
    onChange(left > 0 && left <= soonMs);
    if (left <= 0) return;

    const pause = left > soonMs ? left - soonMs : left;
    cancel = clock.schedule(look, Math.min(pause, MAX_TIMER_MS));
  };
  look();

  return () => cancel();
}
