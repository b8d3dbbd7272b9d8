import type { ProblemCode } from '@secure-player/protocol';

import type { SystemName } from '../catalog/system-name.js';
import type { BreakerStatus } from '../license-proxy/license-upstream.js';

/** One answered request. */
export interface RequestObservation {
  /** One of the known methods, or `other`. */
  readonly method: string;
  /** The route's pattern, or `unmatched`. */
  readonly route: string;
  readonly status: number;
  /** The problem it ended with. */
  readonly code: ProblemCode | undefined;
  readonly seconds: number;
}

/** How a license server answered the proxy; `abandoned` when whoever asked was gone first, which says nothing about the server. */
export type UpstreamOutcome = 'answered' | 'refused' | 'failed' | 'timeout' | 'abandoned';

/**
 * Where the server counts what it does. The calls take names of the configuration and codes, never anything a client wrote, so
 * that nobody can make up series; they return at once and do not throw.
 */
export interface Metrics {
  request(observation: RequestObservation): void;
  /** A decision about a license: `granted`, or the code it was refused with. */
  license(system: SystemName, decision: 'granted' | ProblemCode): void;
  /** A stream that was not given for want of room, or one that was taken over by another. */
  lease(event: 'refused' | 'superseded'): void;
  /** One exchange with a license server, by its configured name. */
  upstream(name: string, outcome: UpstreamOutcome, seconds: number): void;
  /** What the breaker in front of a license server does now. */
  breaker(name: string, status: BreakerStatus): void;
}

/** Metrics as a page of text for whoever collects them. */
export interface ExposedMetrics extends Metrics {
  readonly contentType: string;
  render(): Promise<string>;
}

/** Counts nothing. */
export const NO_METRICS: Metrics = {
  request() {},
  license() {},
  lease() {},
  upstream() {},
  breaker() {},
};
