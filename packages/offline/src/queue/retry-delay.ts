const FIRST_MS = 5_000;
const LONGEST_MS = 5 * 60_000;

/** How long a title waits before its next attempt, in milliseconds. `random` is from 0 to 1: not all come back at once. */
export function retryDelay(attempt: number, random: number): number {
  return Math.min(FIRST_MS * 2 ** (attempt - 1), LONGEST_MS) * (0.75 + random / 2);
}
