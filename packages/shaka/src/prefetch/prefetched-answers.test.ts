import { describe, expect, it, vi } from 'vitest';

import { createManualClock } from '../testing/manual-clock.js';
import type { ReadyAnswer } from '../ready-answers.js';
import { PrefetchedAnswers } from './prefetched-answers.js';

const REQUEST = { url: 'https://page.example/film.mpd', headers: { authorization: 'Bearer a' } };
const ANSWER: ReadyAnswer = { url: REQUEST.url, headers: {}, data: new ArrayBuffer(1) };
const waiting = () => new AbortController().signal;

function setup() {
  const clock = createManualClock();
  return { clock, answers: new PrefetchedAnswers(clock) };
}

describe('an answer that was fetched ahead', () => {
  it('is for one request', async () => {
    const { answers, clock } = setup();
    answers.keep(REQUEST, Promise.resolve(ANSWER));

    expect(await answers.take(REQUEST, waiting())).toBe(ANSWER);
    expect(await answers.take(REQUEST, waiting())).toBeNull();
    expect(clock.pending()).toBe(0);
  });

  it('is waited for while it is on its way', async () => {
    const { answers } = setup();
    const { promise, resolve } = deferred();
    answers.keep(REQUEST, promise);
    const taken = answers.take(REQUEST, waiting());
    resolve(ANSWER);

    expect(await taken).toBe(ANSWER);
  });

  it('is for no other credentials and no other address', async () => {
    const { answers } = setup();
    answers.keep(REQUEST, Promise.resolve(ANSWER));

    for (const headers of [{}, { authorization: 'Bearer b' }, { ...REQUEST.headers, 'x-more': '1' }]) {
      expect(await answers.take({ ...REQUEST, headers }, waiting())).toBeNull();
    }
    expect(await answers.take({ ...REQUEST, url: 'https://page.example/other.mpd' }, waiting())).toBeNull();
    expect(await answers.take({ ...REQUEST, headers: { Authorization: 'Bearer a' } }, waiting())).toBe(
      ANSWER,
    );
  });

  it('is old after half a minute', async () => {
    const { clock, answers } = setup();
    for (const [wait, expected] of [
      [29_999, ANSWER],
      [30_000, null],
    ] as const) {
      answers.keep(REQUEST, Promise.resolve(ANSWER));
      await vi.waitUntil(() => clock.pending() === 1);
      clock.advance(wait);
      expect(await answers.take(REQUEST, waiting())).toBe(expected);
    }
  });

  it('is gone when it is called off, and takes nothing else with it', async () => {
    const { clock, answers } = setup();
    const remove = answers.keep(REQUEST, Promise.resolve(ANSWER));
    remove();
    expect(await answers.take(REQUEST, waiting())).toBeNull();

    answers.keep(REQUEST, Promise.resolve(ANSWER));
    remove();
    clock.advance(0);
    expect(await answers.take(REQUEST, waiting())).toBe(ANSWER);
  });

  it('is none where it failed', async () => {
    const { answers, clock } = setup();
    answers.keep(REQUEST, Promise.reject(new TypeError('Failed to fetch')));

    expect(await answers.take(REQUEST, waiting())).toBeNull();
    expect(clock.pending()).toBe(0);
  });

  it('is not waited for by one who has gone', async () => {
    const { answers } = setup();
    answers.keep(REQUEST, new Promise(() => {}));

    expect(await answers.take(REQUEST, AbortSignal.abort())).toBeNull();
  });

  it('makes room for newer ones', async () => {
    const { answers } = setup();
    const requests = Array.from({ length: 9 }, (_, index) => ({
      ...REQUEST,
      url: `https://page.example/${index}`,
    }));
    for (const request of requests) answers.keep(request, Promise.resolve(ANSWER));

    const taken = await Promise.all(requests.map((request) => answers.take(request, waiting())));
    expect(taken).toEqual([null, ...Array.from({ length: 8 }, () => ANSWER)]);
  });
});

function deferred() {
  let resolve: (answer: ReadyAnswer) => void = () => {};
  const promise = new Promise<ReadyAnswer>((settle) => {
    resolve = settle;
  });

  return { promise, resolve };
}
