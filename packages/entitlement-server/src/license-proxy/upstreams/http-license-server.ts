import type { SystemName } from '../../catalog/system-name.js';
import { ProblemError } from '../../http/problem-error.js';
import type { Clock } from '../../storage/owned-expiring-map.js';
import type { UpstreamAnswer, UpstreamRequest } from '../license-upstream.js';
import { askOnce, type Fetch } from './ask-once.js';
import type { AttemptOutcome } from './attempt-outcome.js';
import {
  CircuitBreaker,
  type BreakerPermit,
  type BreakerState,
  type ResolvedBreakerOptions,
} from './circuit-breaker.js';
import { startDeadline, type Deadline } from './deadline.js';
import type { MonitoredUpstream } from './monitored-upstream.js';
import { retryAfterHeaders } from './retry-after.js';
import type { StartTimer } from './start-timer.js';
import type { UpstreamAdapter } from './upstream-adapter.js';
import { NO_COUNTS, type UpstreamCounts } from './upstream-counts.js';

/** What a license server is reached with; checked. */
export interface HttpLicenseServerOptions {
  /** Its kind, for metrics. */
  readonly kind: string;
  /** Where each key system's messages go. A system that is missing has no licenses. */
  readonly urls: Readonly<Partial<Record<SystemName, string>>>;
  readonly adapter: UpstreamAdapter;
  /** How long a request may take, both attempts together. */
  readonly timeoutMs: number;
  readonly maxAnswerBytes: number;
  readonly breaker: ResolvedBreakerOptions;
  readonly clock: Clock;
  readonly startTimer: StartTimer;
  readonly fetch: Fetch;
}

/**
 * A license server at an address.
 *
 * **A token goes out once.** A license server uses a token up before it answers, so that a request whose answer never came may
 * have used its token, and may have made a license. A second attempt is made in two cases alone, once, and with whatever the
 * adapter makes for it anew: the connection could not be opened, so that nothing was sent; or the server answered 503 with
 * `Retry-After: 0`, by which it says that it did nothing and can do it now. Not after a timeout, a connection that broke, or
 * any other answer.
 *
 * `send` rejects with the reason of `request.signal` when that aborts, and with a `ProblemError` otherwise.
 */
export class HttpLicenseServer implements MonitoredUpstream {
  readonly kind: string;
  readonly #options: HttpLicenseServerOptions;
  readonly #breaker: CircuitBreaker;
  #counts: UpstreamCounts = NO_COUNTS;

  constructor(options: HttpLicenseServerOptions) {
    this.kind = options.kind;
    this.#options = options;
    this.#breaker = new CircuitBreaker(options.clock, options.breaker);
  }

  get breaker(): BreakerState {
    return this.#breaker.state;
  }

  get counts(): UpstreamCounts {
    return this.#counts;
  }

  async send(request: UpstreamRequest): Promise<UpstreamAnswer> {
    const { signal, grant } = request;
    signal.throwIfAborted();
    const url = this.#urlFor(grant.system);
    const permit = this.#enter();
    const deadline = startDeadline(signal, this.#options.timeoutMs, this.#options.startTimer);
    try {
      return this.#conclude(await this.#ask(url, request, deadline), permit);
    } finally {
      deadline.end();
      // Of an outcome that was concluded nothing is left to abandon.
      permit.abandon();
    }
  }

  async #ask(url: string, request: UpstreamRequest, deadline: Deadline): Promise<AttemptOutcome> {
    const attempt = async () => askOnce({ ...this.#options, url, request, deadline });
    try {
      const first = await attempt();
      if (first.status !== 'failed' || !first.mayRepeat) return first;

      this.#count('repeated');
      return await attempt();
    } catch (error) {
      this.#count('abandoned');
      throw error;
    }
  }

  #conclude(outcome: AttemptOutcome, permit: BreakerPermit): UpstreamAnswer {
    switch (outcome.status) {
      case 'answered':
        this.#count('answered');
        permit.succeed();
        return outcome.answer;
      case 'refused':
        this.#count('refused');
        permit.succeed();
        throw outcome.problem;
      case 'failed':
        this.#count('failed');
        permit.fail();
        throw outcome.problem;
      case 'timed-out':
        this.#count('timedOut');
        permit.fail();
        throw outcome.problem;
      default:
        return outcome satisfies never;
    }
  }

  #urlFor(system: SystemName): string {
    const url = this.#options.adapter.systems.includes(system) ? this.#options.urls[system] : undefined;
    if (url === undefined) throw new ProblemError('key-system-unsupported');
    return url;
  }

  #enter(): BreakerPermit {
    const permit = this.#breaker.enter();
    if (permit !== null) return permit;

    this.#count('turnedAway');
    throw new ProblemError('license-upstream-failed', {
      headers: retryAfterHeaders(this.#breaker.retryAfterSeconds),
    });
  }

  #count(name: keyof UpstreamCounts): void {
    this.#counts = Object.freeze({ ...this.#counts, [name]: this.#counts[name] + 1 });
  }
}
