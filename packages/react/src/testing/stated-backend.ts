import { PlaybackError, type EntitlementBackend, type StreamRefusal } from '@secure-player/core';

/**
 * A backend that refuses every stream, and says what it is told: for the words and the layout of what plays elsewhere. That it
 * comes about is tested end to end.
 */
export function createRefusingBackend(refusal: StreamRefusal): EntitlementBackend {
  const refuse = async () => ({ session: null, refusal });

  return {
    account: null,
    getEntitlement: () => Promise.reject(new PlaybackError('content-not-found')),
    listStreams: async () => refusal.streams,
    openPlaybackSession: refuse,
    renewPlaybackSession: refuse,
    releaseStream: async () => {},
    endPlaybackSession: async () => {},
    stopStream: async () => {},
  };
}
