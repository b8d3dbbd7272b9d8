'use client';

import { NO_STREAM_LEASE, shallowEqual, type KeptStream, type StreamLeaseState } from '@secure-player/core';
import { useMemo, useSyncExternalStore } from 'react';

import { usePlayerInstance } from '../player/player-context.js';

/** A player's stream, and what can be done about it; the same object while nothing changes. */
export interface StreamLeaseReading extends StreamLeaseState {
  /**
   * Until when it is good without another heartbeat, in epoch milliseconds; null unless it is held or uncertain. As of the
   * moment when it is read: it moves with each heartbeat, and renders nothing.
   */
  readonly expiresAt: number | null;
  /**
   * Takes the stream back: the one with this id of `streams` stops for it, or the one that began first. Playback goes on
   * where it was. Does not reject: what came of it is the `status` and the `error`.
   */
  readonly takeOver: (streamId?: string) => Promise<void>;
  /** Pauses, and gives the stream back; it is taken again when playback goes on. Does not reject. */
  readonly release: () => Promise<void>;
}

/**
 * How it is with the stream that the nearest player takes among those of the account. `<SecurePlayer>` keeps it by itself,
 * where the source has a `session` and the provider a `backend`; without them the status is `none`.
 *
 * @throws Error outside of a player: a mistake in the page.
 */
export function useStreamLease(): StreamLeaseReading {
  const { lease } = usePlayerInstance('useStreamLease');
  const reader = useMemo(() => createReader(lease), [lease]);

  return useSyncExternalStore(lease.subscribe, reader.read, reader.readInitial);
}

function createReader(lease: KeptStream) {
  const initial = toReading(NO_STREAM_LEASE, lease);
  let last = { state: NO_STREAM_LEASE, reading: initial };

  return {
    readInitial: () => initial,
    read: () => {
      const state = lease.getState();
      const { expiresAt } = state;
      if (!shallowEqual({ ...last.state, expiresAt }, state)) {
        last = { state, reading: toReading(state, lease) };
      }

      return last.reading;
    },
  };
}

function toReading(
  { status, streams, takenOverBy, error }: StreamLeaseState,
  lease: KeptStream,
): StreamLeaseReading {
  return Object.freeze({
    status,
    get expiresAt() {
      return lease.getState().expiresAt;
    },
    streams,
    takenOverBy,
    error,
    takeOver: lease.takeOver,
    release: lease.release,
  });
}
