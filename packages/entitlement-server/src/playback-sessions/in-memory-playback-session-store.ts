import { OwnedExpiringMap, type Clock } from '../storage/owned-expiring-map.js';
import { chooseStreamsToStop } from './choose-streams-to-stop.js';
import type {
  LeaseOutcome,
  LeaseRequest,
  OpenOutcome,
  PlaybackSession,
  PlaybackSessionStore,
  SessionEnd,
  SessionRenewal,
} from './playback-session-store.js';

/** How much an {@link InMemoryPlaybackSessionStore} keeps. */
export interface InMemoryPlaybackSessionStoreOptions {
  readonly clock: Clock;
  /** Sessions of all who have not signed in, together. */
  readonly anonymousLimit: number;
}

const ANONYMOUS = '';
const ACCOUNT_LIMIT = 256;
const REMEMBERED_AFTER_END_MS = 15 * 60_000;

/**
 * Keeps playback sessions in memory. An account that opens too many loses its oldest. Those who have not signed in share
 * one bound and cannot be told apart, so at that bound there are no new ones; theirs are forgotten as they end.
 *
 * Nothing here waits, so each call is one step.
 */
export class InMemoryPlaybackSessionStore implements PlaybackSessionStore {
  readonly #sessions: OwnedExpiringMap<PlaybackSession>;

  constructor({ clock, anonymousLimit }: InMemoryPlaybackSessionStoreOptions) {
    const limit = (owner: string): number => (owner === ANONYMOUS ? anonymousLimit : ACCOUNT_LIMIT);
    this.#sessions = new OwnedExpiringMap({ clock, limit });
  }

  async open(
    opened: Omit<PlaybackSession, 'leaseExpiresAt' | 'end'>,
    lease: LeaseRequest | null,
  ): Promise<OpenOutcome> {
    const known = this.#sessions.get(opened.key);
    if (known !== undefined) return { status: 'exists', session: known };
    if (opened.accountId === null && !this.#sessions.hasRoom(ANONYMOUS)) return { status: 'full' };

    const session: PlaybackSession = { ...opened, leaseExpiresAt: null, end: null };
    if (lease === null) return { status: 'granted', session: this.#keep(session) };
    return this.#takeStream(session, lease);
  }

  async find(key: string): Promise<PlaybackSession | undefined> {
    return this.#sessions.get(key);
  }

  async renew(key: string, { expiresAt, lease }: SessionRenewal): Promise<LeaseOutcome> {
    const session = this.#sessions.get(key);
    if (session === undefined || isOver(session, lease)) return { status: 'over', session };

    const renewed = { ...session, expiresAt: expiresAt ?? session.expiresAt };
    if (lease === null) return { status: 'granted', session: this.#keep(renewed) };
    return this.#takeStream(renewed, lease);
  }

  async release(key: string): Promise<void> {
    const session = this.#sessions.get(key);
    if (session?.end === null) this.#keep({ ...session, leaseExpiresAt: null });
  }

  async end(key: string, end: SessionEnd): Promise<void> {
    const session = this.#sessions.get(key);
    if (session === undefined || session.end !== null) return;

    if (session.accountId === null) this.#sessions.delete(key);
    else this.#keep({ ...session, leaseExpiresAt: null, end });
  }

  async endAllOf(loginId: string): Promise<void> {
    for (const session of this.#sessions.values()) {
      if (session.loginId === loginId) await this.end(session.key, { reason: 'closed' });
    }
  }

  async endAllOn(accountId: string, deviceId: string): Promise<void> {
    for (const session of this.#sessions.valuesOf(accountId)) {
      if (session.deviceId === deviceId) {
        this.#keep({ ...session, leaseExpiresAt: null, end: { reason: 'closed' } });
      }
    }
  }

  async listStreams(accountId: string, now: number): Promise<readonly PlaybackSession[]> {
    return this.#streamsOf(accountId, now);
  }

  #takeStream(session: PlaybackSession, lease: LeaseRequest): LeaseOutcome {
    const streams = this.#streamsOf(session.accountId, lease.now).filter(({ key }) => key !== session.key);
    const holds = session.end === null && (session.leaseExpiresAt ?? 0) > lease.now;
    const stopped = holds ? [] : chooseStreamsToStop(streams, lease);
    if (stopped === null) return { status: 'refused', streams };

    for (const stream of stopped) {
      this.#keep({ ...stream, leaseExpiresAt: null, end: { reason: 'superseded', by: session.device } });
    }
    const leaseExpiresAt = session.accountId === null ? null : lease.expiresAt;
    return {
      status: 'granted',
      session: this.#keep({ ...session, intent: 'play', leaseExpiresAt, end: null }),
    };
  }

  #streamsOf(accountId: string | null, now: number): PlaybackSession[] {
    if (accountId === null) return [];
    return this.#sessions
      .valuesOf(accountId)
      .filter(({ end, leaseExpiresAt }) => end === null && leaseExpiresAt !== null && leaseExpiresAt > now)
      .sort((a, b) => a.startedAt - b.startedAt);
  }

  #keep(session: PlaybackSession): PlaybackSession {
    const { accountId, key, expiresAt } = session;
    if (accountId === null) this.#sessions.set(ANONYMOUS, key, session, expiresAt);
    else this.#sessions.set(accountId, key, session, expiresAt + REMEMBERED_AFTER_END_MS);
    return session;
  }
}

/** One that was superseded lives again where the viewer asks for its stream back. */
function isOver({ end }: PlaybackSession, lease: LeaseRequest | null): boolean {
  if (end === null) return false;
  return !(end.reason === 'superseded' && lease?.replace !== undefined);
}
