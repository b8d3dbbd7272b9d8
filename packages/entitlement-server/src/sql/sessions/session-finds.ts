import type { PlaybackSession } from '../../playback-sessions/playback-session-store.js';
import type { Clock } from '../../storage/owned-expiring-map.js';
import { GroupCommit } from '../group-commit.js';
import type { SqlDatabase } from '../sql-database.js';
import { tenantKey, type TenantKey } from '../tenant-key.js';
import { SESSION_COLUMNS, toSession, type SessionRow } from './session-row.js';

/** Finds sessions, all that are asked for at a time in one statement. */
export type SessionFinds = GroupCommit<TenantKey, PlaybackSession | undefined>;

const FIND = `
select ${SESSION_COLUMNS}
from unnest($1::text[], $2::text[]) as asked (tenant, key)
join secure_player.sessions s on s.tenant = asked.tenant and s.key = asked.key
where secure_player.is_kept(s, $3)`;

/** Puts a {@link SessionFinds} together, for all tenants. */
export function createSessionFinds(database: SqlDatabase, clock: Clock): SessionFinds {
  return new GroupCommit({
    afterTurn: (run) => database.afterTurn(run),
    run: async (calls) => {
      const rows = await database.query<SessionRow>(FIND, [
        calls.map(({ tenant }) => tenant),
        calls.map(({ key }) => key),
        clock(),
      ]);
      const sessions = new Map(rows.map((row) => [tenantKey(row), toSession(row)]));
      return calls.map((call) => sessions.get(tenantKey(call)));
    },
  });
}
