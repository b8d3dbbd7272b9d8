import type {
  AccountStream,
  Entitlement as EntitlementDocument,
  PlaybackSessionRequest,
  PlaybackSessionResponse,
  StreamFormat,
  StreamReplacement,
} from '@secure-player/protocol';

import type { PlaybackError } from '../error/playback-error.js';
import type { Source } from '../source/source.js';

/** What an account may do with a title, and what to play. It takes no lease, and knows no license. */
export interface Entitlement extends Omit<EntitlementDocument, 'source'> {
  /** It belongs to no playback session; URLs in it start from the server and not from the page. */
  readonly source: Source;
}

/** How one question to a backend is asked. */
export interface BackendRequestOptions {
  /** Aborts the request. */
  readonly signal?: AbortSignal | undefined;
}

/** How an entitlement is asked for. */
export interface EntitlementRequestOptions extends BackendRequestOptions {
  /** @default the server's own choice, DASH */
  readonly format?: StreamFormat | undefined;
}

/** A playback session as the server tells of it. Its id is a secret of the page that plays: it licenses and ends the session. */
export interface PlaybackSession extends Omit<PlaybackSessionResponse, 'source'> {
  /** URLs in it start from the server and not from the page. */
  readonly source: Source;
}

/** Why the account gets no stream here, with what a viewer can decide by. */
export interface StreamRefusal {
  /** `stream-limit-reached` or `stream-taken-over`. */
  readonly error: PlaybackError;
  /** What the account plays instead, and could stop, oldest first; empty where the server does not say. */
  readonly streams: readonly AccountStream[];
  /** The device that took the stream over, in words such as `Firefox on Windows`. */
  readonly takenOverBy: string | null;
}

/** What came of asking for a stream: a session, or no room for it. */
export type PlaybackSessionAnswer =
  | { readonly session: PlaybackSession; readonly refusal: null }
  | { readonly session: null; readonly refusal: StreamRefusal };

/** How a playback session is opened. */
export interface OpenSessionOptions extends BackendRequestOptions {
  /** The same key again, from the same sign-in, finds the same session: for an answer that was lost on its way. */
  readonly idempotencyKey?: string | undefined;
}

/** How a playback session is renewed. */
export interface RenewSessionOptions extends BackendRequestOptions {
  /** Takes the stream back: the stream to stop for it, by its id or as `oldest`. @default none */
  readonly replace?: StreamReplacement | undefined;
}

/**
 * What a page asks about rights: the port behind `useEntitlement`, `useStreams` and the lease of a stream that a player with
 * a `source.session` keeps. `createHttpBackend` speaks to this project's server; a service of your own implements these members.
 *
 * `getEntitlement` and `listStreams` may be asked as often as one likes: they open no session, take no lease and get no
 * license. All reject with a `PlaybackError`, or with the signal's reason.
 */
export interface EntitlementBackend {
  /**
   * Whose answers these are: an id that is another one for each account, null for nobody. Answers are kept under it, so that
   * one account never sees another's. It is not a secret, and must not be a token.
   */
  readonly account: string | null;
  getEntitlement(contentId: string, options?: EntitlementRequestOptions): Promise<Entitlement>;
  /** What the account plays right now on all its devices, oldest first. */
  listStreams(options?: BackendRequestOptions): Promise<readonly AccountStream[]>;
  /** Opens a playback session; with the intent `play` it takes a stream, if there is room. */
  openPlaybackSession(
    request: PlaybackSessionRequest,
    options?: OpenSessionOptions,
  ): Promise<PlaybackSessionAnswer>;
  /** The heartbeat: keeps the session and its stream, or takes one, as for a session that was opened with `prefetch`. */
  renewPlaybackSession(id: string, options?: RenewSessionOptions): Promise<PlaybackSessionAnswer>;
  /** Gives the stream back; the session stays, and its next heartbeat takes one again. Outlives the page. */
  releaseStream(id: string): Promise<void>;
  /** Ends the session: it gets no license and no stream any more. Outlives the page. */
  endPlaybackSession(id: string): Promise<void>;
  /** Stops what another device plays, by the id of `listStreams`. */
  stopStream(streamId: string): Promise<void>;
}
