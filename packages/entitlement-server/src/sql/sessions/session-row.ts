import type { PlaybackIntent, StreamFormat } from '@secure-player/protocol';

import type { PlaybackSession, SessionEnd } from '../../playback-sessions/playback-session-store.js';

/** A row of `secure_player.sessions`, or its JSON. */
export interface SessionRow {
  readonly key: string;
  readonly account_id: string | null;
  readonly login_id: string | null;
  readonly device_id: string | null;
  readonly content_id: string;
  readonly intent: PlaybackIntent;
  readonly format: StreamFormat | null;
  readonly device: string;
  readonly started_at: number;
  readonly expires_at: number;
  readonly lease_expires_at: number | null;
  readonly end_reason: SessionEnd['reason'] | null;
  readonly ended_by: string | null;
}

/** The columns that {@link toSession} reads, of the table or alias `s`. */
export const SESSION_COLUMNS =
  's.key, s.account_id, s.login_id, s.device_id, s.content_id, s.intent, s.format, s.device, s.started_at, ' +
  's.expires_at, s.lease_expires_at, s.end_reason, s.ended_by';

/** The session that a row tells of. */
export function toSession(row: SessionRow): PlaybackSession {
  return {
    key: row.key,
    accountId: row.account_id,
    loginId: row.login_id,
    deviceId: row.device_id,
    contentId: row.content_id,
    intent: row.intent,
    format: row.format ?? undefined,
    device: row.device,
    startedAt: row.started_at,
    expiresAt: row.expires_at,
    leaseExpiresAt: row.lease_expires_at,
    end: toEnd(row),
  };
}

function toEnd({ end_reason: reason, ended_by: by }: SessionRow): SessionEnd | null {
  if (reason === null) return null;
  return reason === 'superseded' ? { reason, by: by ?? '' } : { reason };
}

/** Whether a row is still kept at a time: an account's for a quarter of an hour after its end, as `is_kept` says too. */
export function keptAt(time: string): string {
  return `s.expires_at + case when s.account_id is null then 0 else 900000 end > ${time}`;
}

/** A row of an answer to several calls, with the place of its call: the first is 1. */
export interface PlacedSessionRow extends SessionRow {
  readonly place: number;
}

/** The session of each call, undefined where no row has its place. */
export function toSessions(
  rows: readonly PlacedSessionRow[],
  calls: number,
): (PlaybackSession | undefined)[] {
  const sessions = Array.from<PlaybackSession | undefined>({ length: calls });
  for (const row of rows) sessions[row.place - 1] = toSession(row);
  return sessions;
}
