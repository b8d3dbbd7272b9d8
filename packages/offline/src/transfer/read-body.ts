import type { Clock } from '@secure-player/core';

import { BodyBuffers } from './body-buffers.js';

/** Without a byte for this long, a connection counts as lost. */
const STALL_MS = 20_000;

export interface ReadBodyOptions {
  readonly maxBytes: number;
  readonly clock: Clock;
  readonly signal: AbortSignal;
  /** Where the bytes are put. Who hands them in gives back the buffer of the result. */
  readonly buffers?: BodyBuffers | undefined;
}

/**
 * Reads a body whole. Rejects with a `TimeoutError` where nothing comes any more, with a `RangeError` for more than `maxBytes`,
 * with the signal's reason after an abort, and with what the network says.
 */
export async function readBody(
  { body, headers }: Response,
  { maxBytes, clock, signal, buffers = new BodyBuffers() }: ReadBodyOptions,
): Promise<Uint8Array<ArrayBuffer>> {
  if (body === null) return new Uint8Array();
  const announced = Number(headers.get('content-length') ?? 0);
  if (announced > maxBytes) {
    void body.cancel().catch(() => {});
    throw tooLong();
  }
  // One more than will come: the end of a body is seen by reading on.
  const bytes = new BodyBytes(buffers, announced + 1);
  const reader = openReader(body, bytes);
  const stall = watchForStall(reader, clock);

  try {
    while (await reader.readMore()) {
      stall.onBytes();
      signal.throwIfAborted();
      if (bytes.length > maxBytes) throw tooLong();
    }
    signal.throwIfAborted();
    stall.throwIfStalled();
  } catch (error) {
    void reader.cancel().catch(() => {});
    throw error;
  } finally {
    stall.end();
  }
  return bytes.filled;
}

/** What of a body has come, in one buffer, which grows where a server announced less or nothing. */
class BodyBytes {
  readonly #buffers: BodyBuffers;
  #bytes: Uint8Array<ArrayBuffer>;
  length = 0;

  constructor(buffers: BodyBuffers, byteLength: number) {
    this.#buffers = buffers;
    this.#bytes = new Uint8Array(buffers.take(byteLength));
  }

  get filled(): Uint8Array<ArrayBuffer> {
    return this.#bytes.subarray(0, this.length);
  }

  /** Room for at least so many bytes more. */
  room(byteLength: number): Uint8Array<ArrayBuffer> {
    if (this.length + byteLength > this.#bytes.byteLength) {
      const larger = Math.max(this.length + byteLength, this.#bytes.byteLength * 2);
      const bytes = new Uint8Array(this.#buffers.take(larger));
      bytes.set(this.filled);
      this.#buffers.give(this.#bytes.buffer);
      this.#bytes = bytes;
    }
    return this.#bytes.subarray(this.length);
  }

  /** After the stream has had the buffer, and put bytes behind those that were there. */
  takeBack(view: Uint8Array<ArrayBuffer>): void {
    this.#bytes = new Uint8Array(view.buffer);
    this.length += view.byteLength;
  }

  append(chunk: Uint8Array): void {
    this.room(chunk.byteLength).set(chunk);
    this.length += chunk.byteLength;
  }
}

interface BodyReader {
  /** Whether something came; not at the end of the body. */
  readMore(): Promise<boolean>;
  cancel(): Promise<void>;
}

/** Reads into the buffer itself where the browser can: Safari's bodies cannot, and what they give is copied. */
function openReader(body: ReadableStream<Uint8Array<ArrayBuffer>>, bytes: BodyBytes): BodyReader {
  const reader = openByteReader(body);
  if (reader !== null) {
    return {
      async readMore() {
        const { done, value } = await reader.read(bytes.room(1));
        // Without a view the stream was cancelled, and keeps the buffer.
        if (value) bytes.takeBack(value);
        return !done;
      },
      cancel: () => reader.cancel(),
    };
  }
  const chunks = body.getReader();
  return {
    async readMore() {
      const { done, value } = await chunks.read();
      if (value) bytes.append(value);
      return !done;
    },
    cancel: () => chunks.cancel(),
  };
}

function openByteReader(body: ReadableStream<Uint8Array<ArrayBuffer>>): ReadableStreamBYOBReader | null {
  try {
    return body.getReader({ mode: 'byob' });
  } catch {
    // Streams, section 4.2.4: a `TypeError` for what is not a byte stream.
    return null;
  }
}

/** A read that waits for long ends as at the end of the body, and `throwIfStalled` tells the difference. */
function watchForStall(reader: BodyReader, clock: Clock) {
  let lastAt = clock.now();
  let isStalled = false;
  const check = () => {
    const left = lastAt + STALL_MS - clock.now();
    // One timer for a body, and not one for each of its pieces.
    if (left > 0) return wait(left);
    isStalled = true;
    void reader.cancel().catch(() => {});
  };
  let cancelTimer = () => {};
  const wait = (milliseconds: number) => {
    cancelTimer = clock.schedule(check, milliseconds);
  };
  wait(STALL_MS);

  return {
    onBytes() {
      lastAt = clock.now();
    },
    throwIfStalled() {
      if (isStalled) throw new DOMException('No byte came.', 'TimeoutError');
    },
    end: () => cancelTimer(),
  };
}

function tooLong(): RangeError {
  return new RangeError('The answer is longer than any segment.');
}
