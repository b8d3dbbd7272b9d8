import { vi } from 'vitest';

import type { EntitlementBackend, PlaybackSessionAnswer } from '../backend/entitlement-backend.js';
import type { Clock } from '../clock/clock.js';
import { PlaybackError } from '../error/playback-error.js';

/** Seconds between heartbeats, and milliseconds that a lease is good for, of {@link createFakeBackend}. */
export const HEARTBEAT_SECONDS = 10;
export const LEASE_MS = 30_000;

/** One heartbeat, which a test answers when it likes. */
export interface FakeRenewal {
  readonly replace: string | undefined;
  readonly signal: AbortSignal | undefined;
  readonly grant: (leaseExpiresAt?: number | null) => void;
  readonly refuse: () => void;
  readonly supersede: () => void;
  readonly fail: (code?: PlaybackError['code']) => void;
}

/** What other devices play, in the words of {@link FakeRenewal.refuse}. */
export const OTHER_STREAMS = [
  { id: 's1', contentId: 'film', device: 'Firefox on Linux', startedAt: 1 },
  { id: 's2', contentId: 'news', device: 'Chrome on Windows', startedAt: 2 },
];

/** The heartbeats of a server that answers as the test says. */
export function createFakeBackend(clock: Pick<Clock, 'now'>) {
  const renewals: FakeRenewal[] = [];
  const calls: string[] = [];
  const renewPlaybackSession = vi.fn<EntitlementBackend['renewPlaybackSession']>((id, options = {}) => {
    const { replace, signal } = options;
    calls.push(replace === undefined ? 'renew' : `renew, replacing ${replace}`);
    return new Promise<PlaybackSessionAnswer>((resolve, reject) => {
      signal?.addEventListener('abort', () => reject(signal.reason as Error));
      const refuse = (code: PlaybackError['code'], rest: object) =>
        resolve({
          session: null,
          refusal: { error: new PlaybackError(code), streams: [], takenOverBy: null, ...rest },
        });
      renewals.push({
        replace,
        signal,
        grant: (leaseExpiresAt = clock.now() + LEASE_MS) =>
          resolve({ refusal: null, session: sessionOf(id, leaseExpiresAt) }),
        refuse: () => refuse('stream-limit-reached', { streams: OTHER_STREAMS }),
        supersede: () => refuse('stream-taken-over', { takenOverBy: 'Firefox on Linux' }),
        fail: (code = 'entitlement-failed') => reject(new PlaybackError(code)),
      });
    });
  });
  const releaseStream = vi.fn<EntitlementBackend['releaseStream']>(async () => void calls.push('release'));

  return { renewPlaybackSession, releaseStream, renewals, calls };
}

function sessionOf(id: string, leaseExpiresAt: number | null) {
  return {
    id,
    heartbeatSeconds: HEARTBEAT_SECONDS,
    contentId: 'film',
    intent: 'play' as const,
    expiresAt: Number.MAX_SAFE_INTEGER,
    leaseExpiresAt,
    source: { src: '/film.mpd' },
  };
}
