/** Time as the kit sees it: injected, so that a test decides when something is late. */
export interface Clock {
  /** Milliseconds since the epoch. */
  now(): number;
  /** Calls `callback` once after `milliseconds`, and returns what cancels it. */
  schedule(callback: () => void, milliseconds: number): () => void;
}

/** The clock of the machine. */
export const systemClock: Clock = Object.freeze({
  now: () => Date.now(),
  schedule(callback: () => void, milliseconds: number) {
    const timer = setTimeout(callback, milliseconds);
    return () => clearTimeout(timer);
  },
});
