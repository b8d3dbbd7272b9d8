import type { LicensePolicy } from '@secure-player/protocol';

import { ProblemError } from '../http/problem-error.js';
import { boundPolicy, type LicenseBounds } from './license-bounds.js';

/** The policy of a license, or the problem that says why the title has none now. */
export function requireBounds(bounds: LicenseBounds): LicensePolicy {
  const bounded = boundPolicy(bounds);
  if (bounded.status === 'granted') return bounded.policy;
  throw new ProblemError('content-not-found', { detail: bounded.detail });
}
