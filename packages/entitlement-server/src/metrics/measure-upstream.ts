import { ProblemError } from '../http/problem-error.js';
import type { LicenseUpstream, UpstreamAnswer, UpstreamRequest } from '../license-proxy/license-upstream.js';
import type { Metrics, UpstreamOutcome } from './metrics.js';

/**
 * Counts and times the exchanges of a license server. What else it offers is passed through.
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
  async function send(request: UpstreamRequest): Promise<UpstreamAnswer> {
    const startedAt = now();
    const count = (outcome: UpstreamOutcome): void =>
      metrics.upstream(name, outcome, (now() - startedAt) / 1000);
    try {
      const answer = await upstream.send(request);
      count('answered');
      return answer;
    } catch (error) {
      // A signal is dear to make, so that it is looked at here alone.
      count(request.signal.aborted ? 'abandoned' : outcomeOf(error));
      throw error;
    }
  }

  return {
    send,
    ...(upstream.inspect && { inspect: upstream.inspect.bind(upstream) }),
    ...(upstream.certificate && { certificate: upstream.certificate.bind(upstream) }),
    get breaker() {
      return upstream.breaker;
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
