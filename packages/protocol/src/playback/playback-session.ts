import type { PlaybackSessionReference, SourceDocument } from './source-document.js';

/** The ways one title is packaged: DASH `cenc`, DASH over `cbcs` segments, HLS over the same segments. */
export type StreamFormat = 'dash' | 'dash-cbcs' | 'hls';

/** `play` takes a stream lease; `prefetch` takes none until the session is promoted. */
export type PlaybackIntent = 'play' | 'prefetch';

/** The body of `POST /v1/playback-sessions`. */
export interface PlaybackSessionRequest {
  readonly contentId: string;
  readonly intent: PlaybackIntent;
  /** @default 'dash' */
  readonly format?: StreamFormat | undefined;
  /** What to stop for it when the account already plays on as many devices as it may. @default nothing: `stream-limit-reached` */
  readonly replace?: StreamReplacement | undefined;
  /** Tells this device from others of the account: random, kept by the device, and no secret. @default the sign-in */
  readonly deviceId?: string | undefined;
}

/** The stream to stop: the one that began first, or the one with this `AccountStream` id. */
export type StreamReplacement = 'oldest' | (string & {});

/** The optional body of `PUT /v1/playback-sessions/:id`. */
export interface PlaybackSessionRenewal {
  /** Takes the stream back: another one is stopped for it, and a session that was taken over lives again. */
  readonly replace?: StreamReplacement | undefined;
}

/** The answer to `POST` and `PUT /v1/playback-sessions`. */
export interface PlaybackSessionResponse extends PlaybackSessionReference {
  readonly contentId: string;
  readonly intent: PlaybackIntent;
  /** When the session ends unless a heartbeat renews it, in epoch milliseconds. */
  readonly expiresAt: number;
  /**
   * How long the session counts among the account's streams unless a heartbeat or a license renews it, in epoch
   * milliseconds; null where it holds no stream, as a `prefetch` or a free title without an account.
   */
  readonly leaseExpiresAt: number | null;
  /** What to play. Its `session` repeats this session's id and heartbeat; its `caps` are the plan's. */
  readonly source: SourceDocument;
}
