/** The rates that can be chosen. */
export const PLAYBACK_RATES: readonly number[] = [0.5, 0.75, 1, 1.25, 1.5, 1.75, 2];

/** The next rate up or down; the last one stands. */
export function nextPlaybackRate(rate: number, direction: 1 | -1): number {
  const beyond = PLAYBACK_RATES.filter((each) => (each - rate) * direction > 0);

  return (direction > 0 ? beyond[0] : beyond.at(-1)) ?? rate;
}
