import type { AccountStream } from '@secure-player/protocol';

import type { PlaybackError } from '../error/playback-error.js';

/**
 * How it is with a player's stream.
 *
 * - `none`: not asked for yet, as before playback begins, or not needed, as for a free title without an account.
 * - `held`: this player counts among the account's streams.
 * - `uncertain`: the server cannot be reached; what is held is good until `expiresAt`.
 * - `released`: given back, as by a page that was hidden; taken again when playback goes on.
 * - `refused`: there was no room for it.
 * - `lost`: it was held, and another device has it now, or the server could not be reached for too long.
 */
export type StreamLeaseStatus = 'none' | 'held' | 'uncertain' | 'released' | 'refused' | 'lost';

/** What is known of a player's stream. The id of its playback session, a secret, is not in it. */
export interface StreamLeaseState {
  readonly status: StreamLeaseStatus;
  /** Until when it is good without another heartbeat, in epoch milliseconds; null unless it is held or uncertain. */
  readonly expiresAt: number | null;
  /** What the account plays instead, oldest first, where there was no room. */
  readonly streams: readonly AccountStream[];
  /** The device that took it over, in words such as `Firefox on Windows`. */
  readonly takenOverBy: string | null;
  /** Why it is uncertain, refused or lost. */
  readonly error: PlaybackError | null;
}

const NOTHING: readonly never[] = Object.freeze([]);

/** The state of a player that keeps no stream. */
export const NO_STREAM_LEASE: StreamLeaseState = Object.freeze({
  status: 'none',
  expiresAt: null,
  streams: NOTHING,
  takenOverBy: null,
  error: null,
});
