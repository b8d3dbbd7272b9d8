import type { LicensePolicy } from '@secure-player/protocol';

import { ProblemError } from '../http/problem-error.js';
import { boundPolicy, refusalOf, type LicenseBounds } from './license-bounds.js';
import type { TitlePolicy } from './title-policy.js';

/** The policy of a license, or the problem that says why the title has none now. */
export function requireBounds(bounds: LicenseBounds): LicensePolicy {
  const bounded = boundPolicy(bounds);
  if (bounded.status === 'granted') return bounded.policy;
  throw new ProblemError('content-not-found', { detail: bounded.detail });
}

/** The same problem, before anything else of a license is known. */
export function requireAvailable(policy: TitlePolicy, moment: Pick<LicenseBounds, 'now' | 'begunAt'>): void {
  const detail = refusalOf(policy, moment);
  if (detail !== null) throw new ProblemError('content-not-found', { detail });
}
