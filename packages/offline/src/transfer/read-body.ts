import type { Clock } from '@secure-player/core';
import { joinBytes } from '../bytes/join-bytes.js';

/** Without a byte for this long, a connection counts as lost. */
const STALL_MS = 20_000;

export interface ReadBodyOptions {
  readonly maxBytes: number;
  readonly clock: Clock;
  readonly signal: AbortSignal;
}

/** A connection slower than this counts as lost, in bytes per second. */
const SLOWEST = 16_000;

/**
 * Reads a body whole, as fast as it comes. One whose length was announced is read in one go, which costs a fraction of
 * reading it piece by piece; then it is the whole that must come in time. Rejects with a `TimeoutError` where nothing comes any more, and with a
 * `RangeError` for more than `maxBytes`.
 */
export async function readBody(
  response: Response,
  { maxBytes, clock, signal }: ReadBodyOptions,
): Promise<Uint8Array<ArrayBuffer>> {
  const announced = lengthOf(response);
  if (announced !== null && announced <= maxBytes) {
    const limit = STALL_MS + (announced / SLOWEST) * 1000;
    return readAtOnce(response, { clock, limit });
  }
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

  return joinBytes(chunks);
}

/** What is still to come after the limit is nobody's: the caller aborts the request. */
async function readAtOnce(
  response: Response,
  { clock, limit }: { readonly clock: Clock; readonly limit: number },
): Promise<Uint8Array<ArrayBuffer>> {
  let cancelTimer = () => {};
  const late = new Promise<never>((_, reject) => {
    cancelTimer = clock.schedule(
      () => reject(new DOMException('It did not come in time.', 'TimeoutError')),
      limit,
    );
  });
  try {
    return new Uint8Array(await Promise.race([response.arrayBuffer(), late]));
  } finally {
    cancelTimer();
  }
}

/** Of the body; `null` where the server did not say, or said it of another form of it. */
function lengthOf({ headers }: Response): number | null {
  const length = headers.get('content-length');
  return length === null || headers.get('content-encoding') !== null ? null : Number(length);
}
