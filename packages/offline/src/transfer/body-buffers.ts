/** What is kept for the next bodies, at most, in bytes: as much as a transfer has under way. */
const FREE_BYTES = 8 * 1024 * 1024;
const SMALLEST = 64 * 1024;

/**
 * Buffers that bodies are read into, again and again. A browser gives back what a body took long after it was let go: a
 * film read with `Response.arrayBuffer()` takes about as much memory as it has bytes (bench/downloads.mjs, `--memory`).
 */
export class BodyBuffers {
  #free: ArrayBuffer[] = [];

  /** The smallest one at hand that holds so many bytes; what is in it means nothing. */
  take(byteLength: number): ArrayBuffer {
    const fitting = this.#free.filter((buffer) => buffer.byteLength >= byteLength);
    const best = fitting.reduce<ArrayBuffer | null>(
      (one, other) => (one !== null && one.byteLength <= other.byteLength ? one : other),
      null,
    );
    if (best === null) return new ArrayBuffer(roundUp(byteLength));
    this.#free = this.#free.filter((buffer) => buffer !== best);
    return best;
  }

  /** For the next body. Who gives a buffer back must not read from it any more. */
  give(buffer: ArrayBuffer): void {
    this.#free.push(buffer);
    let bytes = this.#free.reduce((sum, { byteLength }) => sum + byteLength, 0);
    while (bytes > FREE_BYTES) {
      const oldest = this.#free.shift();
      if (oldest === undefined) break;
      bytes -= oldest.byteLength;
      release(oldest);
    }
  }

  /** Lets go of all that is at hand. */
  clear(): void {
    for (const buffer of this.#free) release(buffer);
    this.#free = [];
  }
}

/** To quarters between powers of two: segments of a track differ in length, and are to fit in each other's buffers. */
function roundUp(byteLength: number): number {
  if (byteLength <= SMALLEST) return SMALLEST;
  const step = 2 ** Math.floor(Math.log2(byteLength)) / 4;
  return Math.ceil(byteLength / step) * step;
}

/** At once, and not when the browser comes to collect it. Safari before 17.4 and Firefox before 122 collect. */
function release(buffer: ArrayBuffer & { transfer?: (byteLength: number) => ArrayBuffer }): void {
  buffer.transfer?.(0);
}
