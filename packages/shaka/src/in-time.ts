import { PlaybackError, type Clock } from '@secure-player/core';

/** How long code of the engine, and the choice of a key system, may take, in milliseconds. */
const ENGINE_TIMEOUT_MS = 20_000;

/**
 * Bounds what must hold up neither the viewer nor the next source: a chunk or a key system that never answers.
 *
 * @throws PlaybackError `engine-unavailable` after 20 seconds; the signal's reason after an abort.
 */
export function inTime<Result>(work: Promise<Result>, clock: Clock, signal: AbortSignal): Promise<Result> {
  return new Promise((resolve, reject) => {
    const cancel = clock.schedule(() => reject(new PlaybackError('engine-unavailable')), ENGINE_TIMEOUT_MS);
    signal.addEventListener('abort', () => reject(signal.reason), { once: true });
    work.then(resolve, reject).finally(cancel);
  });
}
