import type { PlaybackSession, SessionRenewal } from '../../playback-sessions/playback-session-store.js';
import type { Clock } from '../../storage/owned-expiring-map.js';
import { GroupCommit } from '../group-commit.js';
import type { SqlDatabase } from '../sql-database.js';
import { tenantKey, type TenantKey } from '../tenant-key.js';
import { keptAt, SESSION_COLUMNS, toSessions, type PlacedSessionRow } from './session-row.js';

/** A session that is to go on. */
export interface RenewalCall extends TenantKey {
  readonly renewal: SessionRenewal;
}

/**
 * Renews sessions whose stream still runs, or that want none: nothing has to be counted for them, so all at a time go in one
 * statement. Undefined for a session that this is not true of; nothing was changed about it.
 */
export type SessionRenewals = GroupCommit<RenewalCall, PlaybackSession | undefined>;

// Rows are locked in the order of `seq`, as everywhere, so that two batches cannot wait for each other.
const RENEW = `
with asked as (
  select * from unnest($1::text[], $2::text[], $3::bigint[], $4::bigint[], $5::bigint[], $6::boolean[])
    with ordinality as a (tenant, key, expires_at, now, until, has_room, place)
), locked as (
  select a.* from asked a
  join secure_player.sessions s on s.tenant = a.tenant and s.key = a.key
  order by s.seq for no key update of s
)
update secure_player.sessions s set
  expires_at = coalesce(a.expires_at, s.expires_at),
  intent = case when a.until is null then s.intent else 'play' end,
  lease_expires_at = case
    when s.account_id is null then null
    when a.until is null then s.lease_expires_at
    else a.until
  end
from locked a
where s.tenant = a.tenant and s.key = a.key and s.end_reason is null and ${keptAt('$7')}
  and (
    a.until is null
    or s.lease_expires_at > a.now
    or (s.account_id is null and a.has_room)
  )
returning a.place, ${SESSION_COLUMNS}`;

/** Puts a {@link SessionRenewals} together, for all tenants. */
export function createSessionRenewals(database: SqlDatabase, clock: Clock): SessionRenewals {
  return new GroupCommit<RenewalCall, PlaybackSession | undefined>({
    afterTurn: (run) => database.afterTurn(run),
    // One statement changes a row once.
    keyOf: tenantKey,
    run: async (calls) => {
      const rows = await database.query<PlacedSessionRow>(RENEW, [
        calls.map(({ tenant }) => tenant),
        calls.map(({ key }) => key),
        calls.map(({ renewal }) => renewal.expiresAt ?? null),
        calls.map(({ renewal }) => renewal.lease?.now ?? null),
        calls.map(({ renewal }) => renewal.lease?.expiresAt ?? null),
        calls.map(({ renewal }) => hasRoomAlone(renewal)),
        clock(),
      ]);
      return toSessions(rows, calls.length);
    },
  });
}

/** Whether there is room for a stream where no other one counts, as for those without an account. */
function hasRoomAlone({ lease }: SessionRenewal): boolean {
  return (lease?.limit?.streams ?? 1) >= 1;
}
