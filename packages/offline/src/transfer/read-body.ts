import type { Clock } from '@secure-player/core';

/** Without a byte for this long, a connection counts as lost. */
const STALL_MS = 20_000;

export interface ReadBodyOptions {
  readonly maxBytes: number;
  readonly clock: Clock;
  readonly signal: AbortSignal;
}

/**
 * Reads a body whole, as fast as it comes. Rejects with a `TimeoutError` where nothing comes any more, and with a
 * `RangeError` for more than `maxBytes`.
 */
export async function readBody(
  response: Response,
  { maxBytes, clock, signal }: ReadBodyOptions,
): Promise<Uint8Array<ArrayBuffer>> {
  const reader = response.body?.getReader();
  if (!reader) return new Uint8Array();

  const chunks: Uint8Array[] = [];
  let length = 0;
  let cancelTimer = () => {};
  try {
    for (;;) {
      const stalled = new Promise<never>((_, reject) => {
        cancelTimer = clock.schedule(
          () => reject(new DOMException('No byte came.', 'TimeoutError')),
          STALL_MS,
        );
      });
      const { done, value } = await Promise.race([reader.read(), stalled]);
      cancelTimer();
      signal.throwIfAborted();
      if (done) break;

      length += value.byteLength;
      if (length > maxBytes) throw new RangeError('The answer is longer than any segment.');
      chunks.push(value);
    }
  } catch (error) {
    cancelTimer();
    void reader.cancel().catch(() => {});
    throw error;
  }

  const whole = new Uint8Array(length);
  let offset = 0;
  for (const chunk of chunks) {
    whole.set(chunk, offset);
    offset += chunk.byteLength;
  }
  return whole;
}
