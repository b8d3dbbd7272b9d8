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
}

/** The answer to `POST` and `PUT /v1/playback-sessions`. */
export interface PlaybackSessionResponse extends PlaybackSessionReference {
  readonly contentId: string;
  readonly intent: PlaybackIntent;
  /** When the session ends unless a heartbeat renews it, in epoch milliseconds. */
  readonly expiresAt: number;
  /** What to play. Its `session` repeats this session's id and heartbeat; its `caps` are the plan's. */
  readonly source: SourceDocument;
}
