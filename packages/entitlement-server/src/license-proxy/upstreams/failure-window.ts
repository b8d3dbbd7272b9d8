/** How many slices a window has: what is older than the window leaves slice by slice. */
const SLICES = 10;

interface Slice {
  readonly index: number;
  failures: number;
  total: number;
}

/** Counts the outcomes of the last while in a fixed amount of memory, however many there are. */
export class FailureWindow {
  readonly #sliceMs: number;
  #slices: Slice[] = [];

  constructor(windowMs: number) {
    this.#sliceMs = windowMs / SLICES;
  }

  add(now: number, isFailure: boolean): void {
    const slice = this.#sliceAt(now);
    slice.total += 1;
    if (isFailure) slice.failures += 1;
  }

  /** The outcomes of the window that ends now. */
  count(now: number): { readonly failures: number; readonly total: number } {
    this.#forget(now);
    let failures = 0;
    let total = 0;
    for (const slice of this.#slices) {
      failures += slice.failures;
      total += slice.total;
    }
    return { failures, total };
  }

  clear(): void {
    this.#slices = [];
  }

  #sliceAt(now: number): Slice {
    this.#forget(now);
    const index = Math.floor(now / this.#sliceMs);
    const last = this.#slices.at(-1);
    if (last?.index === index) return last;

    const slice = { index, failures: 0, total: 0 };
    this.#slices.push(slice);
    return slice;
  }

  /** A clock that was set back makes slices of the future, which count for nothing. */
  #forget(now: number): void {
    const current = Math.floor(now / this.#sliceMs);
    this.#slices = this.#slices.filter(({ index }) => index > current - SLICES && index <= current);
  }
}
