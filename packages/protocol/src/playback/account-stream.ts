/** One title that an account plays right now, as its owner may see it. */
export interface AccountStream {
  /** Tells streams apart, and nothing more: it is not the playback session's id, which is a secret of the page that plays. */
  readonly id: string;
  readonly contentId: string;
  /** What plays it, in words such as `Firefox on Windows`. */
  readonly device: string;
  /** Epoch milliseconds. */
  readonly startedAt: number;
}

/** The answer to `GET /v1/streams`, oldest first. */
export interface StreamsResponse {
  readonly streams: readonly AccountStream[];
}
