import type { Clock, PlaybackError } from '@secure-player/core';

/** Options of {@link within}. */
export interface WithinOptions {
  readonly clock: Clock;
  readonly milliseconds: number;
  readonly signal: AbortSignal;
  /** What is thrown when the time is over. */
  readonly late: () => PlaybackError;
}

/**
 * Bounds what may never end: the signal that it is given is aborted when the time is over, or when the caller's is. It is not
 * waited for after that, as what a page gives may ignore its signal.
 */
export async function within<Result>(
  work: (signal: AbortSignal) => Promise<Result>,
  { clock, milliseconds, signal, late }: WithinOptions,
): Promise<Result> {
  signal.throwIfAborted();
  const own = new AbortController();
  const stopTimer = clock.schedule(() => own.abort(late()), milliseconds);
  const onAbort = () => own.abort(signal.reason);
  signal.addEventListener('abort', onAbort, { once: true });
  const over = new Promise<never>((_, reject) => {
    own.signal.addEventListener('abort', () => reject(own.signal.reason), { once: true });
  });

  try {
    return await Promise.race([work(own.signal), over]);
  } finally {
    stopTimer();
    signal.removeEventListener('abort', onAbort);
  }
}
