import type { Clock } from '../../clock/clock.js';
import { EME_ERROR_TABLE, errorFromEme, type EmeMethod } from '../../error/eme-error.js';
import { PlaybackError } from '../../error/playback-error.js';

/** How long a method may take, in milliseconds: a module may have to be fetched first. */
const PATIENCE_MS = 20_000;

/**
 * Calls a method of Encrypted Media Extensions whose answer everything after it waits for.
 *
 * @throws PlaybackError by what the method throws or rejects with, and where it gives no answer for 20 s.
 */
export async function callEme<Result>(
  method: EmeMethod,
  call: () => Promise<Result>,
  clock: Clock,
): Promise<Result> {
  let stopTimer = () => {};
  const silence = new Promise<never>((_, reject) => {
    stopTimer = clock.schedule(() => reject(silenceOf(method)), PATIENCE_MS);
  });

  try {
    return await Promise.race([call(), silence]);
  } catch (cause) {
    throw errorFromEme(method, cause);
  } finally {
    stopTimer();
  }
}

function silenceOf(method: EmeMethod): PlaybackError {
  const message = `\`${method}\` gave no answer for ${PATIENCE_MS / 1000} s.`;

  return new PlaybackError(EME_ERROR_TABLE[method].other, { message });
}
