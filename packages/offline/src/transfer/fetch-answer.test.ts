import { PlaybackError } from '@secure-player/core';
import { describe, expect, it, vi } from 'vitest';

import { createManualClock } from '../licenses/testing/manual-clock.js';
import { FakeOrigin, silence, stalls, status, unreachable } from '../testing/fake-origin.js';
import { networkOf } from '../testing/network-of.js';
import { seededBytes } from '../testing/seeded-random.js';
import { until } from '../testing/until.js';
import { fetchAnswer, type Network, type Question } from './fetch-answer.js';
import { TransferFailure } from './transfer-failure.js';

const URL_OF_FILE = 'https://cdn.example/film/seg-1.m4s?token=secret';
const BODY = seededBytes(1000, 1);

function setup(overrides: Partial<Network> = {}) {
  const origin = new FakeOrigin();
  origin.put(URL_OF_FILE, BODY, { etag: '"1"', type: 'video/mp4' });
  const clock = createManualClock();
  const controller = new AbortController();
  const network = networkOf(origin, { clock, ...overrides });
  const ask = (range: Question['range'] = null, purpose: Question['purpose'] = 'segment') =>
    fetchAnswer({ url: URL_OF_FILE, range, purpose }, network, controller.signal);
  /** Lets all time pass that is waited for, until it is over. */
  const settled = async <T>(work: Promise<T>) => {
    let isOver = false;
    const outcome = work.then(
      (value) => ({ value, failure: undefined }),
      (failure: unknown) => ({ value: undefined, failure }),
    );
    void outcome.then(() => (isOver = true));
    await until(() => {
      clock.advance(1_000);
      return isOver;
    });
    return outcome;
  };
  const failureOf = async (work: Promise<unknown>) => {
    const { failure } = await settled(work);
    if (!(failure instanceof TransferFailure)) throw failure;
    expect(JSON.stringify([failure.message, failure.error])).not.toMatch(/cdn\.example|secret|token/);
    return {
      code: failure.error.code,
      httpStatus: failure.error.httpStatus,
      isTransient: failure.isTransient,
    };
  };
  return { origin, clock, controller, ask, settled, failureOf };
}

describe('an answer', () => {
  it('brings the bytes, their digest, and where they come from', async () => {
    const { origin, ask } = setup();
    origin.put(URL_OF_FILE, BODY, { etag: '"1"', type: 'video/mp4', finalUrl: 'https://edge.example/1' });

    expect(await ask()).toEqual({
      url: URL_OF_FILE,
      start: 0,
      end: 999,
      isWhole: true,
      fileBytes: 1000,
      data: BODY,
      sha256: await crypto.subtle.digest('SHA-256', BODY),
      etag: '"1"',
      contentType: 'video/mp4',
      finalUrl: 'https://edge.example/1',
    });
  });

  it('to a range is the part, and tells how long the file is', async () => {
    const { ask } = setup();
    expect(await ask({ start: 100, end: 199 })).toMatchObject({
      start: 100,
      end: 199,
      isWhole: false,
      fileBytes: 1000,
      data: BODY.slice(100, 200),
    });
    expect(await ask({ start: 900, end: 4999 })).toMatchObject({ start: 900, end: 999 });
    expect(await ask({ start: 0, end: 4999 })).toMatchObject({ isWhole: true });
  });

  it('may be the whole file where its beginning was asked for', async () => {
    const { origin, ask } = setup();
    origin.script(URL_OF_FILE, ({ url }) => origin.serve({ url, range: null }));
    expect(await ask({ start: 0, end: 99 })).toMatchObject({ isWhole: true, data: BODY });
  });

  it('is asked for anew where it is a manifest', async () => {
    const { origin, ask } = setup();
    await ask(null, 'manifest');
    await ask(null, 'segment');
    expect(origin.requests.map(({ init }) => init.cache)).toEqual(['no-cache', 'no-store']);
  });
});

describe('a range that the server does not keep to', () => {
  it.each([
    ['the whole file instead of a later part', () => new Response(BODY)],
    ['another part', () => part('bytes 0-99/1000', 100)],
    ['a part that it does not name', () => part(null, 100)],
    ['a part of nothing', () => part('bytes */1000', 100)],
    ['206 for a whole file', () => part('bytes 0-99/1000', 100), null],
  ])('is a failure: %s', async (_, answer, range: Question['range'] = { start: 100, end: 199 }) => {
    const { origin, ask, failureOf } = setup();
    origin.script(URL_OF_FILE, answer);
    expect(await failureOf(ask(range))).toMatchObject({ code: 'segment-unavailable', isTransient: false });
    expect(origin.requests).toHaveLength(1);
  });

  it('is asked for again where bytes of it are missing', async () => {
    const { origin, ask, settled } = setup();
    origin.script(URL_OF_FILE, () => part('bytes 100-199/1000', 60));
    expect((await settled(ask({ start: 100, end: 199 }))).value).toMatchObject({ start: 100, end: 199 });
    expect(origin.requests).toHaveLength(2);
  });

  it('names the header that another origin does not show', async () => {
    const { origin, ask, settled } = setup();
    origin.script(URL_OF_FILE, () => part(null, 100));
    const { failure } = await settled(ask({ start: 100, end: 199 }));
    expect(failure).toHaveProperty('message', expect.stringContaining('Content-Range'));
  });
});

describe('what passes', () => {
  it.each([
    ['500', status(500)],
    ['503', status(503)],
    ['429', status(429)],
    ['408', status(408)],
    ['no connection', unreachable],
    ['a body that stalls', stalls(10)],
    ['a body that breaks', breaks],
    [
      'a body that is cut off',
      () => new Response(BODY.slice(0, 10), { headers: { 'content-length': '1000' } }),
    ],
    ['a server that does not answer', silence],
  ])('is tried again: %s', async (_, answer) => {
    const { origin, ask, settled } = setup();
    origin.script(URL_OF_FILE, answer, answer);
    expect((await settled(ask())).value?.data).toEqual(BODY);
    expect(origin.requests).toHaveLength(3);
  });

  it('is waited for longer each time, and given up for now after four attempts', async () => {
    const { origin, clock, ask } = setup();
    origin.script(URL_OF_FILE, ...Array.from({ length: 4 }, () => status(503)));
    const failure = ask().catch((error: unknown) => error);

    for (const [attempt, delay] of [500, 1000, 2000].entries()) {
      await until(() => origin.requests.length === attempt + 1 && clock.pending() === 1);
      clock.advance(delay - 1);
      expect(clock.pending()).toBe(1);
      clock.advance(1);
    }
    expect(await failure).toMatchObject({ isTransient: true, error: { httpStatus: 503 } });
    expect(origin.requests).toHaveLength(4);
    expect(clock.pending()).toBe(0);
  });

  it('is waited for as long as the server says, in seconds or until a date', async () => {
    const { origin, clock, ask } = setup();
    origin.script(
      URL_OF_FILE,
      status(429, { 'retry-after': '4' }),
      status(503, { 'retry-after': new Date(clock.now() + 10_000).toUTCString() }),
    );
    const answer = ask();

    await until(() => clock.pending() === 1);
    clock.advance(3_999);
    expect(origin.requests).toHaveLength(1);
    clock.advance(1);
    await until(() => origin.requests.length === 2 && clock.pending() === 1);
    clock.advance(4_900);
    expect(origin.requests).toHaveLength(2);
    clock.advance(1_100);
    expect((await answer).data).toEqual(BODY);
  });

  it.each([
    ['the server wants a long time', {}, status(503, { 'retry-after': '60' })],
    ['the device is offline', { isOnline: () => false }, unreachable],
  ])('is given up for now at once where %s', async (_, overrides, answer) => {
    const { origin, ask, failureOf } = setup(overrides);
    origin.script(URL_OF_FILE, answer);
    expect(await failureOf(ask())).toMatchObject({ isTransient: true });
    expect(origin.requests).toHaveLength(1);
  });
});

describe('what does not pass', () => {
  it.each([400, 403, 404, 410, 416, 451])('is not tried again: %i', async (code) => {
    const { origin, ask, failureOf } = setup();
    origin.script(URL_OF_FILE, status(code));
    expect(await failureOf(ask())).toMatchObject({ httpStatus: code, isTransient: false });
    expect(origin.requests).toHaveLength(1);
  });

  it('is an answer that is longer than any segment', async () => {
    const { origin, ask, failureOf } = setup();
    const headers = { 'content-length': String(1024 ** 3) };
    origin.script(URL_OF_FILE, () => new Response(BODY, { headers }));
    expect(await failureOf(ask())).toMatchObject({ code: 'segment-unavailable', isTransient: false });
    expect(origin.requests).toHaveLength(1);
  });
});

describe('credentials', () => {
  const authorize = () =>
    vi.fn(async (_purpose, _url, reason) => ({ authorization: `Bearer ${reason}` })) as never;

  it('are asked for again once after a 401', async () => {
    const { origin, ask } = setup({ authorize: authorize() });
    origin.script(URL_OF_FILE, status(401));
    await ask();
    expect(origin.requests.map(({ headers }) => headers.get('authorization'))).toEqual([
      'Bearer initial',
      'Bearer unauthorized',
    ]);
  });

  it('that are refused twice are a failure', async () => {
    const { origin, ask, failureOf } = setup({ authorize: authorize() });
    origin.script(URL_OF_FILE, status(401), status(401));
    expect(await failureOf(ask(null, 'manifest'))).toMatchObject({
      code: 'authentication-required',
      isTransient: false,
    });
    expect(origin.requests).toHaveLength(2);
  });

  it('that the page cannot give are a failure', async () => {
    const { ask, failureOf } = setup({ authorize: () => Promise.reject(new Error('Bearer secret')) });
    expect(await failureOf(ask())).toMatchObject({ code: 'authorize-failed', isTransient: false });
    const typed = setup({ authorize: () => Promise.reject(new PlaybackError('authentication-required')) });
    expect(await typed.failureOf(typed.ask())).toMatchObject({ code: 'authentication-required' });
  });
});

describe('an abort', () => {
  it.each([
    ['while the server is silent', silence],
    ['while a body comes', stalls(10)],
    ['between two attempts', status(503)],
  ])('ends it %s', async (_, answer) => {
    const { origin, clock, controller, ask } = setup();
    origin.script(URL_OF_FILE, answer);
    const work = ask();
    await until(() => clock.pending() === 1 && origin.requests.length === 1);
    controller.abort(new Error('enough'));
    await expect(work).rejects.toThrow('enough');
    expect(clock.pending()).toBe(0);
  });

  it('ends it while the page does not give its credentials', async () => {
    const { controller, ask } = setup({ authorize: () => new Promise(() => {}) });
    const work = ask();
    controller.abort(new Error('enough'));
    await expect(work).rejects.toThrow('enough');
  });
});

function part(range: string | null, length: number): Response {
  return new Response(BODY.slice(100, 100 + length), {
    status: 206,
    headers: range === null ? {} : { 'content-range': range },
  });
}

function breaks(): Response {
  return new Response(
    new ReadableStream({
      start(controller) {
        controller.enqueue(BODY.slice(0, 10));
        controller.error(new TypeError('network error'));
      },
    }),
  );
}
