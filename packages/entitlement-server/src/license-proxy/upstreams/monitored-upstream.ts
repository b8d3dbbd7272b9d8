import type { SystemName } from '../../catalog/system-name.js';
import type { LicenseUpstream } from '../license-upstream.js';
import type { BreakerState } from './circuit-breaker.js';
import type { UpstreamCounts } from './upstream-counts.js';

/** What `/readyz` and metrics read of a license server. Reading asks the server nothing. */
export interface UpstreamHealth {
  /** The kind of license server, such as `axinom`: a label that says nothing secret. */
  readonly kind: string;
  /** The key systems that it has licenses for. */
  readonly systems: readonly SystemName[];
  /** `open` is what makes a proxy unready. */
  readonly breaker: BreakerState;
  readonly counts: UpstreamCounts;
}

/** A license server behind the proxy that can be watched. */
export interface MonitoredUpstream extends Omit<LicenseUpstream, 'breaker' | 'systems'>, UpstreamHealth {}
