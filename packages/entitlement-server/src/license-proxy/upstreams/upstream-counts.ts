/** What has come of requests to a license server since the process began; for metrics. */
export interface UpstreamCounts {
  /** Licenses, and what else was asked for. */
  readonly answered: number;
  /** The server said no, or that it was asked too often. */
  readonly refused: number;
  /** No answer, or none that a license server gives. */
  readonly failed: number;
  readonly timedOut: number;
  /** Not asked, because the circuit breaker was open. */
  readonly turnedAway: number;
  /** The caller gave up, or the rights cannot be said to this server. */
  readonly abandoned: number;
  /** Second attempts; their outcomes are counted above. */
  readonly repeated: number;
}

/** The counts of none. */
export const NO_COUNTS: UpstreamCounts = Object.freeze({
  answered: 0,
  refused: 0,
  failed: 0,
  timedOut: 0,
  turnedAway: 0,
  abandoned: 0,
  repeated: 0,
});
