import { EntitlementServerError } from '../../entitlement-server-error.js';
import type { SqlDatabase } from '../sql-database.js';
import { ACCOUNT_FUNCTIONS } from './account-functions.js';
import { OFFLINE_LICENSES } from './offline-licenses.js';
import { SESSION_DEVICES } from './session-devices.js';
import { SESSION_FUNCTIONS } from './session-functions.js';
import { TABLES } from './tables.js';

/** What turns one version of the schema into the next. Released ones never change; a change is a further entry. */
const MIGRATIONS: readonly string[] = [
  `${TABLES}${SESSION_FUNCTIONS}${ACCOUNT_FUNCTIONS}`,
  OFFLINE_LICENSES,
  SESSION_DEVICES,
];

/** "secure-p" in ASCII: the lock under which one process at a time migrates. */
const LOCK = '8315161611837386096';

/**
 * Brings the schema `secure_player` to this version: each step once, whichever process comes first, and all of a step or
 * nothing. Rejects with `store-unavailable` when a newer version of this package has been at work on it.
 */
export async function migrate(database: SqlDatabase): Promise<void> {
  for (const [index, statements] of MIGRATIONS.entries()) {
    // Sequential, as each builds on the one before.
    await database.script(stepScript(index + 1, statements));
  }

  const [newest] = await database.query<{ version: number }>(
    'select max(version) as version from secure_player.migrations',
  );
  if ((newest?.version ?? 0) > MIGRATIONS.length) {
    throw new EntitlementServerError(
      'store-unavailable',
      `The database is of a newer version (${newest?.version}) than this program knows (${MIGRATIONS.length}).`,
    );
  }
}

function stepScript(version: number, statements: string): string {
  return `
select pg_advisory_xact_lock(${LOCK});
create schema if not exists secure_player;
create table if not exists secure_player.migrations (
  version integer primary key,
  applied_at timestamptz not null default now()
);
do $step$
begin
  if exists (select from secure_player.migrations where version = ${version}) then return; end if;
  ${statements}
  insert into secure_player.migrations (version) values (${version});
end $step$;
`;
}
