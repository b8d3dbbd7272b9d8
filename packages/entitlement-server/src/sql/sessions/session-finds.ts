import type { PlaybackSession } from '../../playback-sessions/playback-session-store.js';
import type { Clock } from '../../storage/owned-expiring-map.js';
import { GroupCommit } from '../group-commit.js';
import { readAgain } from '../read-again.js';
import type { SqlDatabase } from '../sql-database.js';
import type { TenantKey } from '../tenant-key.js';
import { keptAt, SESSION_COLUMNS, toSessions, type PlacedSessionRow } from './session-row.js';

/** Finds sessions, all that are asked for at a time in one statement. */
export type SessionFinds = GroupCommit<TenantKey, PlaybackSession | undefined>;

const FIND = `
select asked.place, ${SESSION_COLUMNS}
from unnest($1::text[], $2::text[]) with ordinality as asked (tenant, key, place)
join secure_player.sessions s on s.tenant = asked.tenant and s.key = asked.key
where ${keptAt('$3')}`;

/** Puts a {@link SessionFinds} together, for all tenants. */
export function createSessionFinds(database: SqlDatabase, clock: Clock): SessionFinds {
  return new GroupCommit({
    afterTurn: (run) => database.afterTurn(run),
    run: async (calls) => {
      const rows = await readAgain<PlacedSessionRow>(database, FIND, [
        calls.map(({ tenant }) => tenant),
        calls.map(({ key }) => key),
        clock(),
      ]);
      return toSessions(rows, calls.length);
    },
  });
}
