import type { Clock } from '../storage/owned-expiring-map.js';

/** What one account or address may do. */
export interface Budget {
  /** How much at once, after a while of nothing. */
  readonly burst: number;
  /** How much in the long run. */
  readonly perMinute: number;
}

/** What {@link TokenBuckets} works with. */
export interface TokenBucketsOptions extends Budget {
  readonly clock: Clock;
  /**
   * How many keys there is room for. The memory holds twice as many; beyond, those that did nothing for longest are
   * forgotten, and begin anew, but for those that asked for much.
   * @default 50000
   */
  readonly maxKeys?: number | undefined;
  /**
   * How far below empty a bucket can be charged, as a multiple of its burst.
   * @default 0
   */
  readonly maxDebt?: number | undefined;
}

/** How many of the keys there is room for may be kept over those that are newer. */
const CARRIED_SHARE = 1 / 2;

/**
 * A token bucket for each key, kept as the one time at which it will be full again (the generic cell rate algorithm): a
 * request costs a look-up and a write. Keys live in two generations; a bucket that nobody touched in the last one is
 * full by then, and dropping it changes nothing. Where many keys make a generation short, those that are more than half empty
 * go over into the next: whoever counts must not begin anew because somebody made up enough other names.
 */
export class TokenBuckets {
  readonly #clock: Clock;
  readonly #maxKeys: number;
  readonly #msPerToken: number;
  readonly #burstMs: number;
  /** How long it takes the emptiest bucket to be full. */
  readonly #longestMs: number;
  #current = new Map<string, number>();
  #previous = new Map<string, number>();
  #turnedAt: number;

  constructor({ clock, burst, perMinute, maxKeys = 50_000, maxDebt = 0 }: TokenBucketsOptions) {
    this.#clock = clock;
    this.#maxKeys = maxKeys;
    this.#msPerToken = 60_000 / perMinute;
    this.#burstMs = burst * this.#msPerToken;
    this.#longestMs = (1 + maxDebt) * this.#burstMs;
    this.#turnedAt = clock();
  }

  /** How many keys are remembered. */
  get size(): number {
    return this.#current.size + this.#previous.size;
  }

  /** Takes a token and gives 0, or takes nothing and gives the milliseconds until there is one. */
  take(key: string): number {
    const now = this.#clock();
    const fullAt = this.#fullAt(key, now) + this.#msPerToken;
    const wait = fullAt - now - this.#burstMs;
    // A bucket that is refilled to exactly one token may miss it by a rounding error.
    if (wait > 1e-3) return wait;

    this.#set(key, fullAt, now);
    return 0;
  }

  /** Takes tokens whether they are there or not; what is missing has to be refilled first. */
  charge(key: string, tokens: number): void {
    const now = this.#clock();
    const fullAt = this.#fullAt(key, now) + tokens * this.#msPerToken;
    this.#set(key, Math.min(fullAt, now + this.#longestMs), now);
  }

  #fullAt(key: string, now: number): number {
    return Math.max(this.#current.get(key) ?? this.#previous.get(key) ?? now, now);
  }

  #set(key: string, fullAt: number, now: number): void {
    if (this.#current.size >= this.#maxKeys || now - this.#turnedAt > this.#longestMs) this.#turn(now);
    this.#current.set(key, fullAt);
  }

  #turn(now: number): void {
    const carried = new Map<string, number>();
    for (const [key, fullAt] of this.#previous) {
      if (carried.size >= this.#maxKeys * CARRIED_SHARE) break;
      if (fullAt - now > this.#burstMs / 2 && !this.#current.has(key)) carried.set(key, fullAt);
    }
    this.#previous = this.#current;
    this.#current = carried;
    this.#turnedAt = now;
  }
}
