import type { PlaybackSessionResponse, ProblemDetails, StreamsResponse } from '@secure-player/protocol';
import { describe, expect, test } from 'vitest';

import type { StreamLimit } from './playback-session-store.js';
import {
  FILM_KEYS,
  TRAILER_KEYS,
  bearer,
  codeOf,
  licenseBody,
  setup,
  type TestServer,
} from '../testing/setup.js';

const PHONE = 'Mozilla/5.0 (Android 15; Mobile; rv:140.0) Gecko/140.0 Firefox/140.0';
const LAPTOP = 'Mozilla/5.0 (X11; Linux x86_64; rv:140.0) Gecko/20100101 Firefox/140.0';

function limitedTo(limit: number, onLimit: StreamLimit['onLimit'] = 'deny-new'): TestServer {
  return setup({
    plans: { premium: { streams: { limit, onLimit } } },
    heartbeatSeconds: 60,
    leaseGraceSeconds: 30,
    virtualKeySystems: true,
  });
}

async function play(
  server: TestServer,
  token: string,
  request: object = {},
  device = LAPTOP,
): Promise<Response> {
  return server.post(
    '/v1/playback-sessions',
    { contentId: 'film', intent: 'play', ...request },
    { headers: { ...bearer(token), 'User-Agent': device } },
  );
}

async function opened(response: Response): Promise<PlaybackSessionResponse> {
  expect(response.status).toBe(201);
  return (await response.json()) as PlaybackSessionResponse;
}

async function problemOf(response: Response): Promise<ProblemDetails> {
  expect(response.headers.get('content-type')).toBe('application/problem+json');
  return (await response.json()) as ProblemDetails;
}

async function beat(server: TestServer, id: string, body?: object): Promise<Response> {
  return server.get(`/v1/playback-sessions/${id}`, {
    method: 'PUT',
    ...(body && { headers: { 'Content-Type': 'application/json' }, body: JSON.stringify(body) }),
  });
}

async function license(server: TestServer, id: string): Promise<string | number> {
  return codeOf(await server.post(`/license/clearkey?session=${id}`, licenseBody([FILM_KEYS.SD])));
}

async function streams(server: TestServer, token: string): Promise<StreamsResponse['streams']> {
  const answer = await server.get('/v1/streams', { headers: bearer(token) });
  return ((await answer.json()) as StreamsResponse).streams;
}

describe('at the limit of streams', () => {
  test('a newcomer is refused, and told what plays and where', async () => {
    const server = limitedTo(1);
    const token = await server.signIn('premium');
    await opened(await play(server, token, {}, PHONE));
    const refused = await problemOf(await play(server, token));

    expect(refused).toMatchObject({ code: 'stream-limit-reached', status: 409 });
    expect(refused.streams).toEqual(await streams(server, token));
    expect(refused.streams).toEqual([
      { id: expect.any(String), contentId: 'film', device: 'Firefox on Android', startedAt: server.now() },
    ]);
  });

  test('a newcomer may take the oldest stream, or the one it names', async () => {
    const server = limitedTo(2);
    const token = await server.signIn('premium');
    const first = await opened(await play(server, token));
    server.advance(1);
    const second = await opened(await play(server, token));
    server.advance(1);
    const third = await opened(await play(server, token, { replace: 'oldest' }, PHONE));
    expect(await problemOf(await beat(server, first.id))).toMatchObject({
      code: 'session-superseded',
      takenOverBy: 'Firefox on Android',
    });

    const [, newest] = await streams(server, token);
    await opened(await play(server, token, { replace: newest?.id }));
    expect(await codeOf(await beat(server, third.id))).toBe('session-superseded');
    expect((await beat(server, second.id)).status).toBe(200);
  });

  test('a stream that does not play any more cannot be taken', async () => {
    const server = limitedTo(1);
    const token = await server.signIn('premium');
    await opened(await play(server, token));
    expect(await codeOf(await play(server, token, { replace: 'A'.repeat(43) }))).toBe('stream-limit-reached');
  });

  test('`stop-oldest` makes room by itself', async () => {
    const server = limitedTo(1, 'stop-oldest');
    const token = await server.signIn('premium');
    const first = await opened(await play(server, token));
    await opened(await play(server, token));

    expect(await codeOf(await beat(server, first.id))).toBe('session-superseded');
    expect(await streams(server, token)).toHaveLength(1);
  });

  test.each(['oldest', undefined])(
    'a plan of no streams plays nothing, whatever is stopped for it: %s',
    async (replace) => {
      const server = limitedTo(0, 'stop-oldest');
      expect(await codeOf(await play(server, await server.signIn('premium'), { replace }))).toBe(
        'stream-limit-reached',
      );
    },
  );

  test('free titles, other accounts and what is only prefetched take nothing', async () => {
    const server = limitedTo(1);
    const token = await server.signIn('premium');
    await opened(await play(server, token, { intent: 'prefetch' }));
    await opened(await play(server, await server.signIn('basic')));
    const held = await opened(await play(server, token));
    expect((await opened(await play(server, token, { contentId: 'trailer' }))).id).not.toBe(held.id);
    expect((await beat(server, held.id)).status).toBe(200);
  });

  test('what was prefetched takes a stream when it begins to play, or is refused and stays', async () => {
    const server = limitedTo(1);
    const token = await server.signIn('premium');
    const prefetched = await opened(await play(server, token, { intent: 'prefetch' }));
    const held = await opened(await play(server, token));
    expect(prefetched.leaseExpiresAt).toBeNull();
    expect(await codeOf(await beat(server, prefetched.id))).toBe('stream-limit-reached');

    await server.get(`/v1/playback-sessions/${held.id}`, { method: 'DELETE' });
    const promoted = (await (await beat(server, prefetched.id)).json()) as PlaybackSessionResponse;
    expect(promoted).toMatchObject({ intent: 'play', leaseExpiresAt: server.now() + 90_000 });
  });
});

describe('the lease of a stream', () => {
  test('runs out without a heartbeat, after its grace, and is taken again by the next one if there is room', async () => {
    const server = limitedTo(1);
    const token = await server.signIn('premium');
    const first = await opened(await play(server, token));
    server.advance(89);
    expect(await codeOf(await play(server, token))).toBe('stream-limit-reached');
    server.advance(1);
    const second = await opened(await play(server, token));
    expect(await codeOf(await beat(server, first.id))).toBe('stream-limit-reached');
    expect(await license(server, first.id)).toBe('stream-limit-reached');

    await server.get(`/v1/playback-sessions/${second.id}`, { method: 'DELETE' });
    expect((await beat(server, first.id)).status).toBe(200);
  });

  test('is extended by heartbeats and by licenses alike', async () => {
    const server = limitedTo(1);
    const token = await server.signIn('premium');
    const { id } = await opened(await play(server, token));
    for (const extend of [() => beat(server, id), () => license(server, id), () => license(server, id)]) {
      server.advance(89);
      await extend();
    }
    server.advance(89);
    expect(await streams(server, token)).toHaveLength(1);
    server.advance(1);
    expect(await streams(server, token)).toHaveLength(0);
  });

  test('can be given back, and the session goes on', async () => {
    const server = limitedTo(1);
    const token = await server.signIn('premium');
    const { id } = await opened(await play(server, token));
    expect((await server.get(`/v1/playback-sessions/${id}/lease`, { method: 'DELETE' })).status).toBe(204);
    const other = await opened(await play(server, token));
    await server.get(`/v1/playback-sessions/${other.id}`, { method: 'DELETE' });

    expect((await beat(server, id)).status).toBe(200);
    expect(await streams(server, token)).toHaveLength(1);
  });

  test('that was taken over is renewed by nothing but taking it back', async () => {
    const server = limitedTo(1);
    const token = await server.signIn('premium');
    const first = await opened(await play(server, token, {}, PHONE));
    const second = await opened(await play(server, token, { replace: 'oldest' }));
    expect(await license(server, first.id)).toBe('session-superseded');
    expect(await codeOf(await beat(server, first.id))).toBe('session-superseded');

    expect((await beat(server, first.id, { replace: 'oldest' })).status).toBe(200);
    expect(await license(server, first.id)).toBe(200);
    expect(await problemOf(await beat(server, second.id))).toMatchObject({
      takenOverBy: 'Firefox on Android',
    });
  });

  test('can be stopped by the account from its list, and by nobody else', async () => {
    const server = limitedTo(1);
    const token = await server.signIn('premium');
    const { id } = await opened(await play(server, token));
    const [stream] = await streams(server, token);
    const stop = async (as: string) =>
      server.get(`/v1/streams/${stream?.id}`, { method: 'DELETE', headers: bearer(as) });

    expect(await codeOf(await stop(await server.signIn('basic')))).toBe('playback-session-unknown');
    expect((await stop(token)).status).toBe(204);
    expect(await codeOf(await stop(token))).toBe('playback-session-unknown');
    expect(await license(server, id)).toBe('session-superseded');
  });

  test('bounds the licenses that are issued for it', async () => {
    const server = limitedTo(1);
    const { id } = await opened(await play(server, await server.signIn('premium')));
    const answer = await server.post(`/license/clearkey?session=${id}`, licenseBody([FILM_KEYS.SD]));
    expect(await answer.json()).toMatchObject({
      policy: { licenseDurationSeconds: 90, renewal: { delaySeconds: 60 } },
    });
  });

  test('of a repeated request is taken once', async () => {
    const server = limitedTo(1);
    const token = await server.signIn('premium');
    const headers = { 'Idempotency-Key': 'key-1' };
    const request = { contentId: 'film', intent: 'play' };
    const answers = await Promise.all([1, 2, 3].map(async () => server.open(token, request, headers)));

    expect(new Set(answers.map(({ id }) => id)).size).toBe(1);
    expect(await streams(server, token)).toHaveLength(1);
  });
});

test('where streams are limited, licenses take a playback session, but for free titles', async () => {
  const server = limitedTo(1);
  const headers = bearer(await server.signIn('premium'));
  const film = await server.post('/license/clearkey', licenseBody([FILM_KEYS.SD]), { headers });
  const trailer = await server.post('/license/clearkey', licenseBody([TRAILER_KEYS.SD]), { headers });

  expect(await codeOf(film)).toBe('playback-session-required');
  expect(trailer.status).toBe(200);
});
