import { PlaybackError, toPlaybackError, type Clock } from '@secure-player/core';

import { within } from './within.js';

/** How long a server of rights may take, in milliseconds. */
const TIMEOUT_MS = 15_000;

/**
 * Asks a server of rights, bounded in time.
 *
 * @throws PlaybackError; the signal's reason.
 */
export async function askRights<Answer>(
  ask: (options: { readonly signal: AbortSignal }) => Promise<Answer>,
  { clock, signal }: { readonly clock: Clock; readonly signal: AbortSignal },
): Promise<Answer> {
  const late = () =>
    new PlaybackError('entitlement-failed', { message: 'The server of rights gave no answer.' });

  try {
    return await within((bounded) => ask({ signal: bounded }), {
      clock,
      milliseconds: TIMEOUT_MS,
      signal,
      late,
    });
  } catch (cause) {
    signal.throwIfAborted();
    throw toPlaybackError(cause, 'entitlement-failed');
  }
}
