import type { PlaybackSessionRequest } from '@secure-player/protocol';

import { requireIdempotencyKey } from '../http/require-idempotency-key.js';
import { ProblemError, invalidField } from '../http/problem-error.js';
import type { PlaybackSession } from './playback-session-store.js';
import { requireGranted, type PlaybackSessions, type SessionOpening } from './playback-sessions.js';
import type { SessionIds } from './session-ids.js';

/** A session with the id that only its opener is told. */
export interface OpenedSession {
  readonly id: string;
  readonly session: PlaybackSession;
}

/** How often a key may have opened a session that is over by now. */
const MAX_GENERATIONS = 16;

/**
 * Opens a session, honoring the Idempotency-Key of a sign-in: a repeat gets the session of the first request, as long as
 * that can be used. Without a sign-in there is nobody to whom a key belongs: two strangers who both send `1` must not end
 * up in one session, so each request opens its own.
 */
export async function openOnce(
  sessions: PlaybackSessions,
  ids: SessionIds,
  opening: Omit<SessionOpening, 'id'>,
  key: string | undefined,
): Promise<OpenedSession> {
  const { identity } = opening;
  requireIdempotencyKey(key);
  if (key === undefined || identity.status !== 'account') {
    const id = ids.random();
    const opened = await sessions.open({ ...opening, id });
    return { id, session: requireGranted(isGivenBack(opened) ? { ...opened, status: 'granted' } : opened) };
  }

  for (let generation = 0; generation < MAX_GENERATIONS; generation += 1) {
    const id = await ids.of(identity.login.id, key, generation);
    const opened = await sessions.open({ ...opening, id });
    if (!isGivenBack(opened)) return { id, session: requireGranted(opened) };

    const { session } = opened;
    if (!sessions.isOpen(session)) continue;
    if (isSameRequest(session, opening.request)) return { id, session };
    throw invalidField('Idempotency-Key', 'was used for another request before');
  }
  throw new ProblemError('playback-session-ended');
}

type Outcome = Awaited<ReturnType<PlaybackSessions['open']>>;

function isGivenBack(outcome: Outcome): outcome is Extract<Outcome, { status: 'exists' }> {
  return outcome.status === 'exists';
}

/** What was prefetched may play by now: a repeat of the prefetch means the same. */
function isSameRequest(session: PlaybackSession, request: PlaybackSessionRequest): boolean {
  const isSameIntent = session.intent === request.intent || request.intent === 'prefetch';
  return session.contentId === request.contentId && session.format === request.format && isSameIntent;
}
