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
  readonly expiresAt: number;
  readonly isEnded: boolean;
}

/** Where playback sessions are kept. A session stays findable for a while after its end, to answer 410 and not 404. */
export interface PlaybackSessionStore {
  save(session: PlaybackSession): Promise<void>;
  find(key: string): Promise<PlaybackSession | undefined>;
  /** The sessions of one account, ended ones included. */
  listOf(accountId: string): Promise<readonly PlaybackSession[]>;
}

const ANONYMOUS = '';
const ANONYMOUS_LIMIT = 10_000;
const ACCOUNT_LIMIT = 256;
const REMEMBERED_AFTER_END_MS = 15 * 60_000;

/** Keeps playback sessions in memory: a bounded number per account, and one bound for all anonymous ones together. */
export class InMemoryPlaybackSessionStore implements PlaybackSessionStore {
  readonly #sessions: OwnedExpiringMap<PlaybackSession>;

  constructor(clock: Clock) {
    const limit = (owner: string): number => (owner === ANONYMOUS ? ANONYMOUS_LIMIT : ACCOUNT_LIMIT);
    this.#sessions = new OwnedExpiringMap({ clock, limit });
  }

  async save(session: PlaybackSession): Promise<void> {
    const owner = session.accountId ?? ANONYMOUS;
    this.#sessions.set(owner, session.key, session, session.expiresAt + REMEMBERED_AFTER_END_MS);
  }

  async find(key: string): Promise<PlaybackSession | undefined> {
    return this.#sessions.get(key);
  }

  async listOf(accountId: string): Promise<readonly PlaybackSession[]> {
    return this.#sessions.valuesOf(accountId);
  }
}
