import type { Clock } from '@secure-player/core';

/** How far a device's clock may be behind what is known, in milliseconds: clocks are corrected by seconds, not by minutes. */
const TOLERANCE_MS = 60_000;

/** Where the latest time is kept across restarts. */
export interface ClockStore {
  /** Epoch milliseconds; `null` where none was kept. */
  readTime(): Promise<number | null>;
  /** One that a server has told replaces what is there; any other only a smaller one. */
  writeTime(time: number, options: { readonly isProven: boolean }): Promise<void>;
}

/** Options of {@link TrustedClock}. */
export interface TrustedClockOptions {
  readonly clock: Clock;
  /** Milliseconds that never go back, such as `performance.now()`. */
  readonly monotonicNow: () => number;
  readonly store: ClockStore;
}

/**
 * The time, for what must not be won by setting a device's clock back: never less than the latest that was seen, on the device
 * or from a server, plus the time that has passed since. What passes while no page is open is not counted, so it is a bound
 * and no clock.
 *
 * A server's time is believed over any other. It also takes back what a clock has shown that had been ahead.
 */
export class TrustedClock {
  readonly #options: TrustedClockOptions;
  #floor = Number.NEGATIVE_INFINITY;
  #floorAt = 0;
  /** Whether a server has told the time since this page began. */
  #isProven = false;

  constructor(options: TrustedClockOptions) {
    this.#options = options;
  }

  /** @throws PlaybackError of the store. */
  async start(): Promise<void> {
    const stored = await this.#options.store.readTime();
    if (stored !== null && !this.#isProven) this.#setFloor(stored);
  }

  /** Epoch milliseconds: of the device, or more. */
  now(): number {
    return Math.max(this.#options.clock.now(), this.#floorNow());
  }

  /** Whether the device's clock was set back, and no server has told the time since. */
  get isBehind(): boolean {
    return !this.#isProven && this.#options.clock.now() < this.#floorNow() - TOLERANCE_MS;
  }

  /** Takes the time of a server; what is no time is passed over. Whether it was taken. */
  noteServerTime(time: number): boolean {
    if (!Number.isFinite(time) || time <= 0) return false;

    this.#setFloor(time);
    this.#isProven = true;
    return true;
  }

  /** Keeps what is known for the next start. @throws PlaybackError of the store. */
  async save(): Promise<void> {
    // With a server's time at hand, a device's clock that is ahead of it would be believed at the next start.
    const time = this.#isProven ? this.#floorNow() : this.now();
    await this.#options.store.writeTime(Math.floor(time), { isProven: this.#isProven });
  }

  #floorNow(): number {
    return this.#floor + this.#options.monotonicNow() - this.#floorAt;
  }

  #setFloor(time: number): void {
    this.#floor = time;
    this.#floorAt = this.#options.monotonicNow();
  }
}
