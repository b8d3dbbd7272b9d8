const NAME = 'secure-player-downloads';

/** What of `navigator.locks` is used. */
export type Locks = Pick<LockManager, 'request'>;

/**
 * Becomes the tab that works as soon as no other is. A tab that is closed or killed is none from that moment on. Resolves
 * when it is over: `signal` was aborted and `work` has ended.
 *
 * @param locks `undefined` in browsers without Web Locks, where each tab takes itself for the only one.
 */
export async function whileOwner(
  locks: Locks | undefined,
  signal: AbortSignal,
  work: (signal: AbortSignal) => Promise<void>,
): Promise<void> {
  try {
    if (locks) await locks.request(NAME, { signal }, () => work(signal));
    else await work(signal);
  } catch (error) {
    // It was never its turn.
    if (!signal.aborted) throw error;
  }
}
