/** After this long a measurement counts for half. */
const HALF_LIFE_SECONDS = 5;

/** Bytes per second, smoothed: one slow segment should not make an hour of ten minutes. */
export class TransferRate {
  #at: number;
  #bytes = 0;
  #seconds = 0;

  /** `now` is of any clock in milliseconds that does not jump. */
  constructor(now: number) {
    this.#at = now;
  }

  /** Goes on after a pause, which is no slowness. */
  resume(now: number): void {
    this.#at = now;
  }

  /** Some bytes have come. */
  add(bytes: number, now: number): void {
    const seconds = Math.max(now - this.#at, 0) / 1000;
    const decay = 0.5 ** (seconds / HALF_LIFE_SECONDS);
    this.#bytes = this.#bytes * decay + bytes;
    this.#seconds = this.#seconds * decay + seconds;
    this.#at = now;
  }

  /** `null` until enough has come to tell. */
  get bytesPerSecond(): number | null {
    return this.#seconds > 0 ? this.#bytes / this.#seconds : null;
  }

  /** How long so many more bytes take, in seconds; `null` where nobody can tell. */
  secondsFor(bytes: number): number | null {
    const rate = this.bytesPerSecond;
    return rate === null || rate === 0 ? null : bytes / rate;
  }
}
