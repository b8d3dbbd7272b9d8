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
   * forgotten, and begin anew.
   * @default 50000
   */
  readonly maxKeys?: number | undefined;
}

/** How far below empty a bucket can be charged, as a multiple of its burst. */
const MAX_DEBT = 1;

/**
 * A token bucket for each key, kept as the one time at which it will be full again (the generic cell rate algorithm): a
 * request costs a look-up and a write. Keys live in two generations; a bucket that nobody touched in the last one is
 * full by then, and dropping it changes nothing.
 */
export class TokenBuckets {
  readonly #clock: Clock;
  readonly #maxKeys: number;
  readonly #msPerToken: number;
  readonly #burstMs: number;
  #current = new Map<string, number>();
  #previous = new Map<string, number>();
  #turnedAt: number;

  constructor({ clock, burst, perMinute, maxKeys = 50_000 }: TokenBucketsOptions) {
    this.#clock = clock;
    this.#maxKeys = maxKeys;
    this.#msPerToken = 60_000 / perMinute;
    this.#burstMs = burst * this.#msPerToken;
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
    const emptiest = now + (1 + MAX_DEBT) * this.#burstMs;
    this.#set(key, Math.min(this.#fullAt(key, now) + tokens * this.#msPerToken, emptiest), now);
  }

  #fullAt(key: string, now: number): number {
    return Math.max(this.#current.get(key) ?? this.#previous.get(key) ?? now, now);
  }

  #set(key: string, fullAt: number, now: number): void {
    if (this.#current.size >= this.#maxKeys || now - this.#turnedAt > (1 + MAX_DEBT) * this.#burstMs) {
      this.#previous = this.#current;
      this.#current = new Map();
      this.#turnedAt = now;
    }
    this.#current.set(key, fullAt);
  }
}
