import type { PlaybackIntent, StreamFormat } from '@secure-player/protocol';

import { OwnedExpiringMap, type Clock } from '../storage/owned-expiring-map.js';

/** One viewing of one title. The id that clients know is not in it. */
export interface PlaybackSession {
  /** The digest of the session's id. */
  readonly key: string;
  /** Null for a free title watched without signing in. */
  readonly accountId: string | null;
  /** The bearer session that opened it, whose end ends it too. */
  readonly loginId: string | null;
  readonly contentId: string;
  readonly intent: PlaybackIntent;
  readonly format: StreamFormat | undefined;
  /** What opened it, in words for the account's owner. */
  readonly device: string;
  readonly startedAt: number;
  readonly expiresAt: number;
  readonly isEnded: boolean;
}

/**
 * Where playback sessions are kept. An account's session stays findable for a while after its end, to answer 410 and
 * not 404. Each call is one step: whoever read a session cannot write it back over what happened since.
 */
export interface PlaybackSessionStore {
  /** Keeps a new session. False when there is no room: nobody's session is given up for a stranger's. */
  add(session: PlaybackSession): Promise<boolean>;
  find(key: string): Promise<PlaybackSession | undefined>;
  /** Makes it a session that plays until then, and gives it back. Does nothing to one that has ended or is not there. */
  renew(key: string, expiresAt: number): Promise<PlaybackSession | undefined>;
  /** Ends it for good; one that has ended or is not there is no error. */
  end(key: string): Promise<void>;
  /** The sessions of one account, ended ones included. */
  listOf(accountId: string): Promise<readonly PlaybackSession[]>;
}

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
 */
export class InMemoryPlaybackSessionStore implements PlaybackSessionStore {
  readonly #sessions: OwnedExpiringMap<PlaybackSession>;

  constructor({ clock, anonymousLimit }: InMemoryPlaybackSessionStoreOptions) {
    const limit = (owner: string): number => (owner === ANONYMOUS ? anonymousLimit : ACCOUNT_LIMIT);
    this.#sessions = new OwnedExpiringMap({ clock, limit });
  }

  async add(session: PlaybackSession): Promise<boolean> {
    if (session.accountId === null && !this.#sessions.hasRoom(ANONYMOUS)) return false;

    this.#keep(session);
    return true;
  }

  async find(key: string): Promise<PlaybackSession | undefined> {
    return this.#sessions.get(key);
  }

  async renew(key: string, expiresAt: number): Promise<PlaybackSession | undefined> {
    const session = this.#sessions.get(key);
    if (session === undefined || session.isEnded) return undefined;

    const renewed: PlaybackSession = { ...session, intent: 'play', expiresAt };
    this.#keep(renewed);
    return renewed;
  }

  async end(key: string): Promise<void> {
    const session = this.#sessions.get(key);
    if (session === undefined) return;

    if (session.accountId === null) this.#sessions.delete(key);
    else this.#keep({ ...session, isEnded: true });
  }

  async listOf(accountId: string): Promise<readonly PlaybackSession[]> {
    return this.#sessions.valuesOf(accountId);
  }

  #keep(session: PlaybackSession): void {
    const { accountId, key, expiresAt } = session;
    if (accountId === null) this.#sessions.set(ANONYMOUS, key, session, expiresAt);
    else this.#sessions.set(accountId, key, session, expiresAt + REMEMBERED_AFTER_END_MS);
  }
}
