import { isSameBytes } from '@secure-player/core';
import { describe, expect, it } from 'vitest';

import { createManualClock } from '../licenses/testing/manual-clock.js';
import { seededBytes } from '../testing/seeded-random.js';
import { settle, until } from '../testing/until.js';
import { BodyBuffers } from './body-buffers.js';
import { readBody } from './read-body.js';

const BODY = seededBytes(300_000, 5);

/** Bodies as browsers give them: streams of bytes, and in Safari streams of chunks. */
const KINDS = { bytes: { type: 'bytes' }, chunks: {} } as const;

function setup(kind: keyof typeof KINDS) {
  const clock = createManualClock();
  const controller = new AbortController();
  const buffers = new BodyBuffers();
  let send: ReadableStreamDefaultController<Uint8Array<ArrayBuffer>> | undefined;
  const stream = new ReadableStream({
    ...KINDS[kind],
    start: (opened: typeof send) => void (send = opened),
  } as unknown as UnderlyingDefaultSource<Uint8Array<ArrayBuffer>>);
  const read = (announced?: number, maxBytes = 1_000_000) => {
    const headers = announced === undefined ? {} : { 'content-length': String(announced) };
    const { signal } = controller;
    return readBody(new Response(stream, { headers }), { maxBytes, clock, signal, buffers });
  };
  const feed = async (bytes: Uint8Array) => {
    for (let at = 0; at < bytes.byteLength; at += 70_000) {
      // What is given away to a stream of bytes is gone.
      send?.enqueue(bytes.slice(at, at + 70_000));
      await Promise.resolve();
    }
  };
  const close = () => {
    send?.close();
    (send as { byobRequest?: ReadableStreamBYOBRequest | null } | undefined)?.byobRequest?.respond(0);
  };
  return { clock, controller, buffers, read, feed, close };
}

describe.each(Object.keys(KINDS) as (keyof typeof KINDS)[])('a body of %s', (kind) => {
  it.each([
    ['as long as was announced', 300_000],
    ['of unknown length', undefined],
    ['longer than announced, as one that was compressed is', 1_000],
    ['shorter than announced', 900_000],
  ])('is read whole: %s', async (_, announced) => {
    const { clock, read, feed, close } = setup(kind);
    const result = read(announced);
    await feed(BODY);
    close();
    expect(isSameBytes(await result, BODY)).toBe(true);
    expect(clock.pending()).toBe(0);
  });

  it('is put where the last one was', async () => {
    const first = setup(kind);
    const result = first.read(BODY.byteLength);
    await first.feed(BODY);
    first.close();
    const { buffer } = await result;
    const { byteLength } = buffer;
    first.buffers.give(buffer);
    expect(first.buffers.take(1)).toBe(buffer);
    expect(buffer.byteLength).toBe(byteLength);
  });

  it('may take its time, as long as something comes', async () => {
    const { clock, read, feed, close } = setup(kind);
    const result = read(BODY.byteLength);
    for (let at = 0; at < 10; at += 1) {
      await feed(BODY.slice(at * 30_000, (at + 1) * 30_000));
      await settle();
      clock.advance(19_000);
    }
    close();
    expect(isSameBytes(await result, BODY)).toBe(true);
  });

  it('of which nothing comes for twenty seconds is late', async () => {
    const { clock, read, feed } = setup(kind);
    const result = read(BODY.byteLength).catch((error: unknown) => error);
    await feed(BODY.slice(0, 70_000));
    await until(() => {
      clock.advance(5_000);
      return clock.pending() === 0;
    });
    expect(await result).toMatchObject({ name: 'TimeoutError' });
  });

  it.each([
    ['says so before', 2_000_000],
    ['does not say', undefined],
  ])('that is too long is refused, where its server %s', async (_, announced) => {
    const { clock, read, feed } = setup(kind);
    const result = read(announced, 100_000).catch((error: unknown) => error);
    await feed(BODY).catch(() => {});
    expect(await result).toBeInstanceOf(RangeError);
    expect(clock.pending()).toBe(0);
  });

  it('is not read on after an abort', async () => {
    const { controller, clock, read, feed } = setup(kind);
    const result = read(BODY.byteLength);
    controller.abort(new Error('enough'));
    await Promise.all([expect(result).rejects.toThrow('enough'), feed(BODY).catch(() => {})]);
    expect(clock.pending()).toBe(0);
  });
});

it('reads nothing where there is no body', async () => {
  const { signal } = new AbortController();
  const options = { maxBytes: 10, clock: createManualClock(), signal };
  expect(await readBody(new Response(null), options)).toEqual(new Uint8Array());
});
