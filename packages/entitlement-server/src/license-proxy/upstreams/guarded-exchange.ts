import { ProblemError } from '../../http/problem-error.js';
import { askOnce, type AttemptOptions, type Question } from './ask-once.js';
import type { AttemptOutcome, Unanswered } from './attempt-outcome.js';
import {
  CircuitBreaker,
  type BreakerPermit,
  type BreakerState,
  type ResolvedBreakerOptions,
} from './circuit-breaker.js';
import { startDeadline } from './deadline.js';
import { retryAfterHeaders } from './retry-after.js';
import type { StartTimer } from './start-timer.js';
import { NO_COUNTS, type UpstreamCounts } from './upstream-counts.js';

/** How a server is asked. */
export interface GuardedExchangeOptions extends AttemptOptions {
  /** How long a question may take, both attempts together. */
  readonly timeoutMs: number;
  readonly breaker: ResolvedBreakerOptions;
  readonly startTimer: StartTimer;
  /** Told of every exchange that did not give what was asked for. */
  readonly onUnanswered: (outcome: Unanswered) => void;
}

/**
 * Asks one server, within a time limit and behind a circuit breaker.
 *
 * **A token goes out once.** A license server uses a token up before it answers, so that a request whose answer never came may
 * have used its token, and may have made a license. A second attempt is made in two cases alone, once, and with whatever is
 * prepared for it anew: the connection could not be opened, so that nothing was sent; or the server answered 503 with
 * `Retry-After: 0`, by which it says that it did nothing and can do it now. Not after a timeout, a connection that broke, or
 * any other answer.
 */
export class GuardedExchange {
  readonly #options: GuardedExchangeOptions;
  readonly #breaker: CircuitBreaker;
  #counts: UpstreamCounts = NO_COUNTS;

  constructor(options: GuardedExchangeOptions) {
    this.#options = options;
    this.#breaker = new CircuitBreaker(options.clock, options.breaker);
  }

  get breaker(): BreakerState {
    return this.#breaker.state;
  }

  get counts(): UpstreamCounts {
    return this.#counts;
  }

  /**
   * Rejects with the reason of `caller`, if there is one, when that aborts, with what `prepare` throws, and with a
   * `ProblemError` otherwise.
   */
  async ask<Answer>(question: Question<Answer>, caller: AbortSignal | null): Promise<Answer> {
    caller?.throwIfAborted();
    const permit = this.#enter();
    const deadline = startDeadline(caller, this.#options.timeoutMs, this.#options.startTimer);
    try {
      const outcome = await this.#attempt(async () => askOnce(question, this.#options, { caller, deadline }));
      return this.#conclude(outcome, permit);
    } finally {
      deadline.end();
      // Of an outcome that was concluded nothing is left to abandon.
      permit.abandon();
    }
  }

  async #attempt<Answer>(attempt: () => Promise<AttemptOutcome<Answer>>): Promise<AttemptOutcome<Answer>> {
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

  #conclude<Answer>(outcome: AttemptOutcome<Answer>, permit: BreakerPermit): Answer {
    if (outcome.status !== 'answered') this.#options.onUnanswered(outcome);
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
        // Or whoever sends bytes that a server cannot read would keep it from everybody else.
        if (outcome.isOutage) permit.fail();
        else permit.abandon();
        throw outcome.problem;
      case 'timed-out':
        this.#count('timedOut');
        permit.fail();
        throw outcome.problem;
      default:
        return outcome satisfies never;
    }
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
