import type { PlaybackIntent, StreamFormat, StreamReplacement } from '@secure-player/protocol';

/** One viewing of one title. The id that clients know is not in it. All times are epoch milliseconds. */
export interface PlaybackSession {
  /** The digest of the session's id. */
  readonly key: string;
  /** Null for a free title watched without signing in. */
  readonly accountId: string | null;
  /** The bearer session that opened it, whose end ends it too. */
  readonly loginId: string | null;
  /** The device of the account that it plays on, whose removal ends it too; null for a session of nobody's. */
  readonly deviceId: string | null;
  readonly contentId: string;
  readonly intent: PlaybackIntent;
  readonly format: StreamFormat | undefined;
  /** What opened it, in words for the account's owner. */
  readonly device: string;
  readonly startedAt: number;
  /** Until when it can be used. */
  readonly expiresAt: number;
  /** Until when it counts among the account's streams, grace included; null when it holds no stream. */
  readonly leaseExpiresAt: number | null;
  /** Why it is over; null while it is not. */
  readonly end: SessionEnd | null;
}

/** Why a session is over. */
export type SessionEnd =
  | { readonly reason: 'closed' }
  /** Another device took its stream; `by` is what that device is called. */
  | { readonly reason: 'superseded'; readonly by: string };

/** How many streams an account may play at a time, and what becomes of a further one. */
export interface StreamLimit {
  readonly streams: number;
  /** `deny-new` refuses the newcomer; `stop-oldest` ends what began first. */
  readonly onLimit: 'deny-new' | 'stop-oldest';
}

/** A stream that is asked for. */
export interface LeaseRequest {
  readonly now: number;
  /** Until when the stream is to count, grace included. */
  readonly expiresAt: number;
  /** Null: as many as one likes. */
  readonly limit: StreamLimit | null;
  /** What the viewer wants stopped if there is no room: `oldest`, or the key of a session. */
  readonly replace?: StreamReplacement | undefined;
}

/** What became of a lease request. */
export type LeaseOutcome =
  | { readonly status: 'granted'; readonly session: PlaybackSession }
  /** No room; `streams` is what plays, oldest first. Nothing was changed. */
  | { readonly status: 'refused'; readonly streams: readonly PlaybackSession[] }
  /** The session is over, or is not there. */
  | { readonly status: 'over'; readonly session: PlaybackSession | undefined };

/** What became of a session that was to be opened. */
export type OpenOutcome =
  | LeaseOutcome
  /** There is a session of this key, opened before; it is given back as it is. */
  | { readonly status: 'exists'; readonly session: PlaybackSession }
  /** Too many people watch without an account. */
  | { readonly status: 'full' };

/** How a session goes on. */
export interface SessionRenewal {
  /** Until when it can be used from now on; undefined leaves that as it is. */
  readonly expiresAt?: number | undefined;
  /**
   * The stream it goes on with; null leaves that as it is. A session whose stream ran out gets one if there is room. With
   * `replace`, one that was superseded lives again.
   */
  readonly lease: LeaseRequest | null;
}

/**
 * Where playback sessions and the streams they hold are kept. An account's session stays findable for a while after its
 * end, to answer 410 and not 404. Each call is one atomic step, whatever other processes do at the same time: of 500
 * sessions that ask at once for 3 streams, 3 are granted.
 *
 * A session holds a stream at `now` while it is not over and `leaseExpiresAt` is later than `now`. Its intent becomes
 * `play` with its first stream.
 */
export interface PlaybackSessionStore {
  /** Keeps a new session, with a stream when `lease` asks for one. One that is not granted is not kept. */
  open(
    session: Omit<PlaybackSession, 'leaseExpiresAt' | 'end'>,
    lease: LeaseRequest | null,
  ): Promise<OpenOutcome>;
  find(key: string): Promise<PlaybackSession | undefined>;
  renew(key: string, renewal: SessionRenewal): Promise<LeaseOutcome>;
  /** Gives the stream back; the session can go on. Nothing to give back is no error. */
  release(key: string): Promise<void>;
  /** Ends it for good; one that is over or not there is no error. */
  end(key: string, end: SessionEnd): Promise<void>;
  /** Ends all that a login opened. */
  endAllOf(loginId: string): Promise<void>;
  /** Ends all on one device of an account for good: what was superseded there cannot be taken back either. */
  endAllOn(accountId: string, deviceId: string): Promise<void>;
  /** The account's sessions that hold a stream at `now`, oldest first. */
  listStreams(accountId: string, now: number): Promise<readonly PlaybackSession[]>;
}
