import { describe, expect, test } from 'vitest';

import type { Title } from '../catalog/title.js';
import {
  FILM,
  FILM_KEYS,
  TRAILER,
  TRAILER_KEYS,
  bearer,
  codeOf,
  licenseBody,
  setup,
} from '../testing/setup.js';

const END = Date.UTC(2026, 0, 1, 1);
const HEARTBEAT_SECONDS = 60;

/** One who watches until the end of the titles, ten minutes before it. */
async function start(policy: Title['policy'] = { notAfter: END, expireMidPlay: false }) {
  const server = setup({
    titles: [
      { ...FILM, policy },
      { ...TRAILER, policy },
    ],
    plans: { premium: { streams: { limit: 4 } } },
    heartbeatSeconds: HEARTBEAT_SECONDS,
    leaseGraceSeconds: 30,
    prefetchTtlSeconds: 3600,
  });
  const token = await server.signIn('premium');
  const until = (time: number) => server.advance((time - server.now()) / 1000);
  until(END - 600_000);
  return {
    server,
    token,
    until,
    prefetch: async () => (await server.open(token, { contentId: 'film', intent: 'prefetch' })).id,
    play: async () => (await server.open(token)).id,
    beat: async (id: string) => codeOf(await server.get(`/v1/playback-sessions/${id}`, { method: 'PUT' })),
    ask: async (id: string, type = 'temporary') =>
      server.post(`/license/clearkey?session=${id}`, licenseBody([FILM_KEYS.SD], type)),
  };
}

describe('where the end of a title is one for beginnings', () => {
  test('what began before it has its licenses renewed with its stream, for as long as it goes on', async () => {
    const { server, play, beat, ask } = await start();
    const id = await play();
    for (let beats = 0; beats < 30; beats += 1) {
      const answer = await ask(id);
      expect(await answer.json()).toMatchObject({
        policy: { licenseDurationSeconds: 90, renewal: { delaySeconds: HEARTBEAT_SECONDS } },
      });
      server.advance(HEARTBEAT_SECONDS);
      expect(await beat(id)).toBe(200);
    }
    expect(server.now()).toBeGreaterThan(END + 1_000_000);
  });

  test('what begins with it or later gets none, by session or by token', async () => {
    const { server, token, until, play, ask } = await start();
    until(END);
    expect(await codeOf(await ask(await play()))).toBe('content-not-found');
    server.advance(1);
    expect(await codeOf(await ask(await play()))).toBe('content-not-found');
    const trailer = await server.post('/license/clearkey', licenseBody([TRAILER_KEYS.SD]), {
      headers: bearer(token),
    });
    expect(await codeOf(trailer)).toBe('content-not-found');
  });

  test('what was prefetched has to begin before it, whenever it was opened', async () => {
    const { until, prefetch, beat, ask } = await start();
    const [played, late] = [await prefetch(), await prefetch()];
    expect(await (await ask(played)).json()).toMatchObject({ policy: { rentalDurationSeconds: 600 } });
    until(END - 1);
    expect(await beat(played)).toBe(200);
    until(END);
    expect(await codeOf(await ask(played))).toBe(200);
    expect(await codeOf(await ask(late))).toBe('content-not-found');
    expect(await beat(late)).toBe('content-not-found');
    expect(await codeOf(await ask(late))).toBe('content-not-found');
    expect(await beat(played)).toBe(200);
  });

  test('somebody who has not signed in watches to the end too', async () => {
    const { server, until } = await start();
    const { id } = await server.open(null, { contentId: 'trailer', intent: 'play' });
    const ask = async (session: string) =>
      codeOf(await server.post(`/license/clearkey?session=${session}`, licenseBody([TRAILER_KEYS.SD])));
    until(END);
    expect(await ask(id)).toBe(200);
    expect(await ask((await server.open(null, { contentId: 'trailer', intent: 'play' })).id)).toBe(
      'content-not-found',
    );
  });

  test('a license to be stored is for a viewing that has not begun', async () => {
    const { until, play, ask } = await start({ notAfter: END, expireMidPlay: false, canPersist: true });
    const id = await play();
    const stored = async () => ask(id, 'persistent-license');
    expect(await (await stored()).json()).toMatchObject({ policy: { rentalDurationSeconds: 600 } });
    until(END);
    expect(await codeOf(await stored())).toBe('content-not-found');
    expect(await codeOf(await ask(id))).toBe(200);
  });
});

test('where it ends what plays, what began before it gets no further license', async () => {
  const { until, play, ask } = await start({ notAfter: END });
  const id = await play();
  expect(await codeOf(await ask(id))).toBe(200);
  until(END);
  expect(await codeOf(await ask(id))).toBe('content-not-found');
});
