import { ProblemError } from '../http/problem-error.js';
import type { LicenseUpstream } from '../license-proxy/license-upstream.js';
import type { Metrics, UpstreamOutcome } from './metrics.js';

/**
 * Counts and times the exchanges of a license server.
 *
 * @param name What the configuration calls it.
 * @param now Milliseconds of a clock that only goes forward, in fractions.
 */
export function measureUpstream(
  upstream: LicenseUpstream,
  name: string,
  metrics: Metrics,
  now: () => number = () => performance.now(),
): LicenseUpstream {
  return {
    async send(request) {
      const startedAt = now();
      const count = (outcome: UpstreamOutcome): void =>
        metrics.upstream(name, outcome, (now() - startedAt) / 1000);
      try {
        const answer = await upstream.send(request);
        count('answered');
        return answer;
      } catch (error) {
        count(outcomeOf(error));
        throw error;
      }
    },
  };
}

function outcomeOf(error: unknown): UpstreamOutcome {
  if (!(error instanceof ProblemError)) return 'failed';

  switch (error.problem.code) {
    case 'license-upstream-timeout':
      return 'timeout';
    case 'license-upstream-failed':
    case 'service-unavailable':
      return 'failed';
    default:
      return 'refused';
  }
}
