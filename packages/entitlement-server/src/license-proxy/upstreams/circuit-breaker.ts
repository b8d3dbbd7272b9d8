import type { Clock } from '../../storage/owned-expiring-map.js';
import { FailureWindow } from './failure-window.js';

/** When a license server is left alone, and for how long. */
export interface BreakerOptions {
  /**
   * So many failures with no success in between open it.
   * @default 5
   */
  readonly consecutiveFailures?: number | undefined;
  /**
   * The share of failures over `windowMs` that opens it, above 0 and up to 1.
   * @default 0.5
   */
  readonly failureShare?: number | undefined;
  /**
   * How many outcomes the window must have before its share says anything.
   * @default 20
   */
  readonly minimumRequests?: number | undefined;
  /** @default 10000 */
  readonly windowMs?: number | undefined;
  /**
   * How long it stays open before one request may try again.
   * @default 5000
   */
  readonly openMs?: number | undefined;
}

/** The options with every default in its place. */
export type ResolvedBreakerOptions = { readonly [Name in keyof BreakerOptions]-?: number };

/** Whether a license server is being asked. */
export type BreakerState =
  | { readonly status: 'closed' }
  /** Nobody asks before `until`, epoch milliseconds. */
  | { readonly status: 'open'; readonly until: number }
  /** The next request, or the one under way, decides. */
  | { readonly status: 'half-open' };

/** Leave to ask once. Only the first of its methods that is called counts. */
export interface BreakerPermit {
  /** The server answered, whatever it said. */
  succeed(): void;
  /** The server did not answer, or not as a license server does, whatever it was sent. */
  fail(): void;
  /**
   * Nothing was learnt about the server: the caller gave up, nothing was sent, or what was sent may be why it failed. The
   * next request may try.
   */
  abandon(): void;
}

/** Fills in defaults; the numbers have been checked. */
export function resolveBreakerOptions(options: BreakerOptions = {}): ResolvedBreakerOptions {
  return {
    consecutiveFailures: options.consecutiveFailures ?? 5,
    failureShare: options.failureShare ?? 0.5,
    minimumRequests: options.minimumRequests ?? 20,
    windowMs: options.windowMs ?? 10_000,
    openMs: options.openMs ?? 5000,
  };
}

const CLOSED: BreakerState = Object.freeze({ status: 'closed' });
const HALF_OPEN: BreakerState = Object.freeze({ status: 'half-open' });

/**
 * Keeps requests away from a server that fails. Closed, all may ask. A run of failures, or too large a share of them, opens it:
 * nobody asks for `openMs`. Then it is half-open: one request at a time may ask, and its outcome closes or opens it.
 */
export class CircuitBreaker {
  readonly #clock: Clock;
  readonly #options: ResolvedBreakerOptions;
  readonly #window: FailureWindow;
  #state: BreakerState = CLOSED;
  #failuresInARow = 0;
  #isProbing = false;
  /** Outcomes of requests that began in an earlier state say nothing about this one. */
  #era = 0;

  constructor(clock: Clock, options: ResolvedBreakerOptions) {
    this.#clock = clock;
    this.#options = options;
    this.#window = new FailureWindow(options.windowMs);
  }

  /** The same object as long as nothing changes. */
  get state(): BreakerState {
    if (this.#state.status === 'open' && this.#waitMs(this.#state.until) <= 0) this.#enterState(HALF_OPEN);
    return this.#state;
  }

  /** Leave to ask, or null: nobody may now. Every permit has to be used up. */
  enter(): BreakerPermit | null {
    const { status } = this.state;
    if (status === 'open' || (status === 'half-open' && this.#isProbing)) return null;

    this.#isProbing = status === 'half-open';
    return this.#createPermit();
  }

  /** For a request that was turned away: whole seconds until it is worth another try, at least 1. */
  get retryAfterSeconds(): number {
    const { state } = this;
    const wait = state.status === 'open' ? this.#waitMs(state.until) : 0;
    return Math.max(1, Math.ceil(wait / 1000));
  }

  #createPermit(): BreakerPermit {
    const era = this.#era;
    let isUsed = false;
    const once = (outcome: () => void) => () => {
      if (isUsed) return;
      isUsed = true;
      if (era === this.#era) outcome();
    };
    return {
      succeed: once(() => this.#onSuccess()),
      fail: once(() => this.#onFailure()),
      abandon: once(() => {
        this.#isProbing = false;
      }),
    };
  }

  #onSuccess(): void {
    if (this.#state.status === 'half-open') {
      this.#enterState(CLOSED);
      return;
    }
    this.#failuresInARow = 0;
    this.#window.add(this.#clock(), false);
  }

  #onFailure(): void {
    const now = this.#clock();
    this.#failuresInARow += 1;
    this.#window.add(now, true);
    if (this.#state.status === 'half-open' || this.#hasFailedEnough(now)) {
      this.#enterState(Object.freeze({ status: 'open', until: now + this.#options.openMs }));
    }
  }

  #hasFailedEnough(now: number): boolean {
    if (this.#failuresInARow >= this.#options.consecutiveFailures) return true;

    const { failures, total } = this.#window.count(now);
    return total >= this.#options.minimumRequests && failures / total >= this.#options.failureShare;
  }

  #enterState(state: BreakerState): void {
    this.#state = state;
    this.#era += 1;
    this.#isProbing = false;
    this.#failuresInARow = 0;
    this.#window.clear();
  }

  /** A clock that was set back must not keep it open for longer than it would have been. */
  #waitMs(until: number): number {
    const wait = until - this.#clock();
    return wait > this.#options.openMs ? 0 : wait;
  }
}
