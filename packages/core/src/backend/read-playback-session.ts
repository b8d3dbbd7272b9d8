import { readStreamRefusal as readRefusal, type PlaybackIntent } from '@secure-player/protocol';

import type { PlaybackError } from '../error/playback-error.js';
import { toSource } from '../source/to-source.js';
import type { PlaybackSessionAnswer } from './entitlement-backend.js';
import { isObject, isSource } from './read-entitlement.js';

/** Reads the answer to `POST` and `PUT /v1/playback-sessions`; null for what is none. */
export function readPlaybackSession(value: unknown, baseUrl: string): PlaybackSessionAnswer | null {
  if (!isObject(value)) return null;

  const { id, heartbeatSeconds, contentId, intent, expiresAt, leaseExpiresAt, source } = value;
  if (typeof id !== 'string' || typeof contentId !== 'string') return null;
  if (!isPositive(heartbeatSeconds) || !isPositive(expiresAt)) return null;
  if (leaseExpiresAt !== null && !isPositive(leaseExpiresAt)) return null;
  if (!isIntent(intent) || !isSource(source)) return null;

  const session = {
    ...{ id, heartbeatSeconds, contentId, intent, expiresAt, leaseExpiresAt },
    source: toSource(source, baseUrl),
  };
  return { session, refusal: null };
}

/** Reads the problem of a server that has no room for a stream, or gave it to another device; null for any other. */
export function readStreamRefusal(error: PlaybackError, body: unknown): PlaybackSessionAnswer | null {
  if (error.code !== 'stream-limit-reached' && error.code !== 'stream-taken-over') return null;

  return { session: null, refusal: { error, ...readRefusal(body) } };
}

function isIntent(value: unknown): value is PlaybackIntent {
  return value === 'play' || value === 'prefetch';
}

function isPositive(value: unknown): value is number {
  return typeof value === 'number' && value > 0;
}
