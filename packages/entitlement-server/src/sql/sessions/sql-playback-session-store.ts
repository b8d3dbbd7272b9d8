import type {
  LeaseOutcome,
  LeaseRequest,
  OpenOutcome,
  PlaybackSession,
  PlaybackSessionStore,
  SessionEnd,
  SessionRenewal,
} from '../../playback-sessions/playback-session-store.js';
import type { Clock } from '../../storage/owned-expiring-map.js';
import type { SqlDatabase, SqlValue } from '../sql-database.js';
import type { SessionFinds } from './session-finds.js';
import type { SessionRenewals } from './session-renewals.js';
import { SESSION_COLUMNS, toSession, type SessionRow } from './session-row.js';

/** What a {@link SqlPlaybackSessionStore} works with. */
export interface SqlPlaybackSessionStoreOptions {
  readonly tenant: string;
  readonly database: SqlDatabase;
  readonly clock: Clock;
  readonly anonymousLimit: number;
  readonly finds: SessionFinds;
  readonly renewals: SessionRenewals;
  /** Called after each write that adds a row. */
  readonly onGrowth: () => void;
}

/** What `open_session` and `renew_session` say. */
interface OutcomeRow {
  readonly outcome: {
    readonly status: OpenOutcome['status'];
    readonly session?: SessionRow | undefined;
    readonly streams?: readonly SessionRow[] | undefined;
  };
}

const OPEN = `select secure_player.open_session_on(
  $1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12, $13, $14, $15, $16, $17, $18, $19
) as outcome`;
const RENEW = 'select secure_player.renew_session($1, $2, $3, $4, $5, $6, $7, $8, $9, $10) as outcome';
const RELEASE = `
update secure_player.sessions set lease_expires_at = null
where tenant = $1 and key = $2 and end_reason is null and lease_expires_at is not null`;
const END = 'select secure_player.end_session($1, $2, $3, $4)';
const END_ALL_OF = 'select secure_player.end_sessions_of($1, $2)';
const END_ALL_ON = 'select secure_player.end_sessions_on($1, $2, $3)';
const STREAMS = `
select ${SESSION_COLUMNS} from secure_player.sessions s
where s.tenant = $1 and s.account_id = $2 and s.end_reason is null and s.lease_expires_at > $3
  and secure_player.is_kept(s, $4)
order by s.started_at, s.seq`;

/** Keeps one tenant's playback sessions in SQL. What has to be counted is counted under the lock of its account. */
export class SqlPlaybackSessionStore implements PlaybackSessionStore {
  readonly #options: SqlPlaybackSessionStoreOptions;

  constructor(options: SqlPlaybackSessionStoreOptions) {
    this.#options = options;
  }

  async open(
    session: Omit<PlaybackSession, 'leaseExpiresAt' | 'end'>,
    lease: LeaseRequest | null,
  ): Promise<OpenOutcome> {
    const { tenant, database, clock, anonymousLimit, onGrowth } = this.#options;
    const rows = await database.query<OutcomeRow>(OPEN, [
      session.deviceId,
      tenant,
      session.key,
      session.accountId,
      session.loginId,
      session.contentId,
      session.intent,
      session.format ?? null,
      session.device,
      session.startedAt,
      session.expiresAt,
      clock(),
      // Any number of people is more than an int4 holds.
      Math.min(anonymousLimit, 2 ** 31 - 1),
      ...leaseValues(lease),
    ]);
    onGrowth();
    return toOutcome(rows);
  }

  async find(key: string): Promise<PlaybackSession | undefined> {
    const { tenant, finds } = this.#options;
    return finds.submit({ tenant, key });
  }

  async renew(key: string, renewal: SessionRenewal): Promise<LeaseOutcome> {
    const { tenant, database, clock, renewals } = this.#options;
    const renewed = await renewals.submit({ tenant, key, renewal });
    if (renewed !== undefined) return { status: 'granted', session: renewed };

    const { expiresAt, lease } = renewal;
    const values = [tenant, key, expiresAt ?? null, clock(), ...leaseValues(lease)];
    return toOutcome(await database.query<OutcomeRow>(RENEW, values)) as LeaseOutcome;
  }

  async release(key: string): Promise<void> {
    const { tenant, database } = this.#options;
    await database.query(RELEASE, [tenant, key]);
  }

  async end(key: string, end: SessionEnd): Promise<void> {
    const { tenant, database } = this.#options;
    await database.query(END, [tenant, key, end.reason, end.reason === 'superseded' ? end.by : null]);
  }

  async endAllOf(loginId: string): Promise<void> {
    const { tenant, database } = this.#options;
    await database.query(END_ALL_OF, [tenant, loginId]);
  }

  async endAllOn(accountId: string, deviceId: string): Promise<void> {
    const { tenant, database } = this.#options;
    await database.query(END_ALL_ON, [tenant, accountId, deviceId]);
  }

  async listStreams(accountId: string, now: number): Promise<readonly PlaybackSession[]> {
    const { tenant, database, clock } = this.#options;
    return (await database.query<SessionRow>(STREAMS, [tenant, accountId, now, clock()])).map(toSession);
  }
}

function leaseValues(lease: LeaseRequest | null): SqlValue[] {
  if (lease === null) return [false, null, null, null, null, null];
  const { now, expiresAt, limit, replace } = lease;
  return [true, now, expiresAt, limit?.streams ?? null, limit?.onLimit ?? null, replace ?? null];
}

function toOutcome(rows: readonly OutcomeRow[]): OpenOutcome {
  const { status, session, streams = [] } = (rows[0] as OutcomeRow).outcome;
  switch (status) {
    case 'granted':
    case 'exists':
      return { status, session: toSession(session as SessionRow) };
    case 'over':
      return { status, session: session && toSession(session) };
    case 'refused':
      return { status, streams: streams.map(toSession) };
    case 'full':
      return { status };
    default:
      return status satisfies never;
  }
}
