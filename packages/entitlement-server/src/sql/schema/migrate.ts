import { EntitlementServerError } from '../../entitlement-server-error.js';
import type { SqlDatabase } from '../sql-database.js';
import { ACCOUNT_FUNCTIONS } from './account-functions.js';
import { ANONYMOUS_ROOMS } from './anonymous-rooms.js';
import { OFFLINE_LICENSES } from './offline-licenses.js';
import { SESSION_DEVICES } from './session-devices.js';
import { SESSION_FUNCTIONS } from './session-functions.js';
import { TABLES } from './tables.js';

/** What turns one version of the schema into the next. Released ones never change; a change is a further entry. */
const MIGRATIONS: readonly string[] = [
  `${TABLES}${SESSION_FUNCTIONS}${ACCOUNT_FUNCTIONS}`,
  OFFLINE_LICENSES,
  ANONYMOUS_ROOMS,
  SESSION_DEVICES,
];

/** "secure-p" in ASCII: the lock under which one process at a time migrates. */
const LOCK = '8315161611837386096';

/**
 * Brings the schema `secure_player` to this version: each step once, whichever process comes first, and all of a step or
 * nothing. A schema of this version is only looked at, so that it takes no right to change it. Rejects with
 * `store-unavailable` when a step cannot be taken, or a newer version of this package has been at work.
 */
export async function migrate(database: SqlDatabase): Promise<void> {
  let version = await versionOf(database);
  if (version < MIGRATIONS.length) {
    await takeSteps(database, version);
    version = await versionOf(database);
  }
  if (version > MIGRATIONS.length) {
    throw new EntitlementServerError(
      'store-unavailable',
      `The database is of a newer version (${version}) than this program knows (${MIGRATIONS.length}).`,
    );
  }
}

/** The version that the database is of; 0 where there is nothing yet. */
async function versionOf(database: SqlDatabase): Promise<number> {
  const [found] = await database.query<{ is_there: boolean }>(
    "select to_regclass('secure_player.migrations') is not null as is_there",
  );
  if (!found?.is_there) return 0;

  const [newest] = await database.query<{ version: number | null }>(
    'select max(version) as version from secure_player.migrations',
  );
  return newest?.version ?? 0;
}

async function takeSteps(database: SqlDatabase, from: number): Promise<void> {
  try {
    for (const [index, statements] of MIGRATIONS.slice(from).entries()) {
      // Sequential, as each builds on the one before.
      await database.script(stepScript(from + index + 1, statements));
    }
  } catch (cause) {
    // A database's own errors tell nothing of values, and which right is missing.
    if (!(cause instanceof EntitlementServerError)) throw cause;
    throw new EntitlementServerError(
      'store-unavailable',
      `The database cannot be brought from version ${from} of the schema secure_player to ${MIGRATIONS.length}: ${cause.message}`,
    );
  }
}

/** Another process may have taken the step by the time the lock is had. A schema that is there may be its owner's to fill. */
function stepScript(version: number, statements: string): string {
  return `
select pg_advisory_xact_lock(${LOCK});
do $step$
begin
  if to_regnamespace('secure_player') is null then create schema secure_player; end if;
  create table if not exists secure_player.migrations (
    version integer primary key,
    applied_at timestamptz not null default now()
  );
  if exists (select from secure_player.migrations where version = ${version}) then return; end if;
  ${statements}
  insert into secure_player.migrations (version) values (${version});
end $step$;
`;
}
