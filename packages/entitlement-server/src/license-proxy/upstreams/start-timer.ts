/** Calls back once after so many milliseconds, unless the function it gives is called first. Injected, so that no test waits. */
export type StartTimer = (milliseconds: number, onElapsed: () => void) => () => void;

/** The platform's own timer. */
export const startPlatformTimer: StartTimer = (milliseconds, onElapsed) => {
  const timer = setTimeout(onElapsed, milliseconds);
  return () => clearTimeout(timer);
};
