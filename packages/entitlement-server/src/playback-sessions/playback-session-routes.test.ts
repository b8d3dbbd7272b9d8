import type { PlaybackSessionResponse } from '@secure-player/protocol';
import { describe, expect, test } from 'vitest';

import { FILM, FILM_KEYS, TRAILER_KEYS, bearer, codeOf, licenseBody, setup } from '../testing/setup.js';

const FILM_REQUEST = { contentId: 'film', intent: 'play' };

describe('opening a playback session', () => {
  test('tells the player everything it needs', async () => {
    const server = setup({ heartbeatSeconds: 30, playbackSessionTtlSeconds: 100 });
    const response = await server.post('/v1/playback-sessions', FILM_REQUEST, {
      headers: bearer(await server.signIn('premium')),
    });
    const body = (await response.json()) as PlaybackSessionResponse;

    expect(response.status).toBe(201);
    expect(response.headers.get('cache-control')).toBe('no-store');
    expect(body).toEqual({
      id: expect.stringMatching(/^[\w-]{43}$/),
      heartbeatSeconds: 30,
      contentId: 'film',
      intent: 'play',
      expiresAt: server.now() + 100_000,
      leaseExpiresAt: server.now() + 60_000,
      source: {
        src: '/media/film-v1/dash/manifest.mpd',
        type: 'dash',
        id: 'film',
        title: 'The film',
        poster: '/media/film-v1/poster.jpg',
        thumbnails: '/media/film-v1/thumbnails.vtt',
        keyIds: Object.values(FILM_KEYS),
        drm: { 'org.w3.clearkey': { licenseUrl: `/license/clearkey?session=${body.id}` } },
        session: { id: body.id, heartbeatSeconds: 30 },
      },
    });
  });

  test('caps a plan without HD and lists only the keys it will get', async () => {
    const server = setup();
    const { source } = await server.open(await server.signIn('basic'));
    expect(source.caps).toEqual({ maxHeight: 360 });
    expect(source.keyIds).toEqual(Object.values(FILM_KEYS));
  });

  test('sends no caps where the keys do not say how tall their pictures are', async () => {
    const keys = FILM.keys.map((key) => ({ ...key, maxHeight: undefined }));
    const server = setup({ titles: [{ ...FILM, keys }] });
    const { source } = await server.open(await server.signIn('basic'));
    expect(source).not.toHaveProperty('caps');
    expect(source.keyIds).toEqual(Object.values(FILM_KEYS));
  });

  test.each(['premium', 'basic', 'expired', null])('opens a free title whole for %s', async (viewer) => {
    const server = setup();
    const token = viewer === null ? null : await server.signIn(viewer);
    const { source } = await server.open(token, { contentId: 'trailer', intent: 'prefetch' });
    expect(source).not.toHaveProperty('caps');
    expect(source.keyIds).toEqual(Object.values(TRAILER_KEYS));
  });

  test('opens a title without keys without a license', async () => {
    const server = setup({ titles: [{ ...FILM, keys: [] }] });
    const { source } = await server.open(await server.signIn('basic'));
    expect(source).not.toHaveProperty('drm');
  });

  test('gives the format asked for', async () => {
    const server = setup();
    const { source } = await server.open(await server.signIn('basic'), { ...FILM_REQUEST, format: 'hls' });
    expect(source).toMatchObject({ src: '/media/film-v1/hls/master.m3u8', type: 'hls' });
  });

  test.each([
    ['nobody is signed in', null, FILM_REQUEST, 'authentication-required'],
    ['the subscription is over', 'expired', FILM_REQUEST, 'subscription-expired'],
    ['there is no such title', 'premium', { ...FILM_REQUEST, contentId: 'nothing' }, 'content-not-found'],
    [
      'the title is called __proto__',
      'premium',
      { ...FILM_REQUEST, contentId: '__proto__' },
      'content-not-found',
    ],
    ['the title has no such format', 'premium', { ...FILM_REQUEST, format: 'dash-cbcs' }, 'invalid-request'],
    ['nobody knows the format', 'premium', { ...FILM_REQUEST, format: 'smooth' }, 'invalid-request'],
    ['nobody knows the intent', 'premium', { ...FILM_REQUEST, intent: 'steal' }, 'invalid-request'],
  ])('is refused when %s', async (_case, viewer, request, code) => {
    const server = setup();
    const headers = bearer(viewer === null ? null : await server.signIn(viewer));
    expect(await codeOf(await server.post('/v1/playback-sessions', request, { headers }))).toBe(code);
  });

  test('is refused for a plan that includes none of the title', async () => {
    const keys = FILM.keys.filter(({ group }) => group === 'HD');
    const server = setup({ titles: [{ ...FILM, keys }] });
    const headers = bearer(await server.signIn('basic'));
    expect(await codeOf(await server.post('/v1/playback-sessions', FILM_REQUEST, { headers }))).toBe(
      'plan-insufficient',
    );
  });
});

describe('an Idempotency-Key', () => {
  const key = { 'Idempotency-Key': 'a-1' };

  test('gives the same answer to the same request', async () => {
    const server = setup();
    const token = await server.signIn('premium');
    expect(await server.open(token, FILM_REQUEST, key)).toEqual(await server.open(token, FILM_REQUEST, key));
  });

  test('gives it to requests that come at once', async () => {
    const server = setup();
    const token = await server.signIn('premium');
    const ids = await Promise.all(
      [1, 2, 3].map(async () => (await server.open(token, FILM_REQUEST, key)).id),
    );
    expect(new Set(ids).size).toBe(1);
  });

  test('does not fit another request', async () => {
    const server = setup();
    const token = await server.signIn('premium');
    await server.open(token, FILM_REQUEST, key);
    const request = { contentId: 'trailer', intent: 'play' };
    const response = await server.post('/v1/playback-sessions', request, {
      headers: { ...bearer(token), ...key },
    });
    expect(await response.json()).toMatchObject({
      code: 'invalid-request',
      errors: [{ field: 'Idempotency-Key' }],
    });
  });

  test("does not reach another account's session", async () => {
    const server = setup();
    const [premium, basic] = [await server.signIn('premium'), await server.signIn('basic')];
    expect((await server.open(premium, FILM_REQUEST, key)).id).not.toBe(
      (await server.open(basic, FILM_REQUEST, key)).id,
    );
  });

  test('is of one sign-in: another device of the account gets a session of its own', async () => {
    const server = setup();
    const [here, there] = [await server.signIn('premium'), await server.signIn('premium')];
    const [mine, others] = [
      await server.open(here, FILM_REQUEST, key),
      await server.open(there, FILM_REQUEST, key),
    ];
    expect(mine.id).not.toBe(others.id);

    await server.post('/v1/logout', '', { headers: bearer(here) });
    const heartbeat = await server.get(`/v1/playback-sessions/${others.id}`, { method: 'PUT' });
    expect(heartbeat.status).toBe(200);
  });

  test('does not bring back a session that has ended, and gives several who ask at once one new one', async () => {
    const server = setup();
    const token = await server.signIn('premium');
    const { id } = await server.open(token, FILM_REQUEST, key);
    await server.get(`/v1/playback-sessions/${id}`, { method: 'DELETE' });

    const again = await Promise.all([1, 2, 3].map(async () => server.open(token, FILM_REQUEST, key)));
    expect(new Set(again.map((session) => session.id)).size).toBe(1);
    expect(again[0]?.id).not.toBe(id);
  });

  test('of a session that has ended fits another request', async () => {
    const server = setup({ playbackSessionTtlSeconds: 60 });
    const token = await server.signIn('premium');
    await server.open(token, FILM_REQUEST, key);
    server.advance(60);
    const { contentId } = await server.open(token, { contentId: 'trailer', intent: 'play' }, key);
    expect(contentId).toBe('trailer');
  });

  test('joins no strangers', async () => {
    const server = setup();
    const request = { contentId: 'trailer', intent: 'play' };
    expect((await server.open(null, request, key)).id).not.toBe((await server.open(null, request, key)).id);
  });

  test.each(['', ' ', 'a b', 'x'.repeat(256), 'caf\u00e9'])('of "%s" is no key', async (value) => {
    const server = setup();
    const headers = { ...bearer(await server.signIn('premium')), 'Idempotency-Key': value };
    expect(await codeOf(await server.post('/v1/playback-sessions', FILM_REQUEST, { headers }))).toBe(
      'invalid-request',
    );
  });

  test('holds as long as its session', async () => {
    const server = setup({ playbackSessionTtlSeconds: 60 });
    const token = await server.signIn('premium');
    const first = await server.open(token, FILM_REQUEST, key);
    server.advance(59);
    expect((await server.open(token, FILM_REQUEST, key)).id).toBe(first.id);
    server.advance(1);
    expect((await server.open(token, FILM_REQUEST, key)).id).not.toBe(first.id);
  });
});

describe('the life of a playback session', () => {
  test('ends by itself, and is forgotten a while later', async () => {
    const server = setup({ playbackSessionTtlSeconds: 60 });
    const { id } = await server.open(await server.signIn('premium'));
    const ask = async () => server.post(`/license/clearkey?session=${id}`, licenseBody([FILM_KEYS.SD]));

    server.advance(59);
    expect((await ask()).status).toBe(200);
    server.advance(1);
    expect(await codeOf(await ask())).toBe('playback-session-ended');
    server.advance(900);
    expect(await codeOf(await ask())).toBe('playback-session-unknown');
  });

  test('is extended by heartbeats, which also begin to play what was prefetched', async () => {
    const server = setup({ playbackSessionTtlSeconds: 60 });
    const opened = await server.open(await server.signIn('basic'), { contentId: 'film', intent: 'prefetch' });
    server.advance(59);
    const response = await server.get(`/v1/playback-sessions/${opened.id}`, { method: 'PUT' });

    expect(await response.json()).toEqual({
      ...opened,
      intent: 'play',
      expiresAt: server.now() + 60_000,
      leaseExpiresAt: server.now() + 90_000,
    });
    server.advance(59);
    expect((await server.get(`/v1/playback-sessions/${opened.id}`, { method: 'PUT' })).status).toBe(200);
    server.advance(60);
    expect(await codeOf(await server.get(`/v1/playback-sessions/${opened.id}`, { method: 'PUT' }))).toBe(
      'playback-session-ended',
    );
  });

  test('ends when the player says so, once or twice', async () => {
    const server = setup();
    const { id } = await server.open(await server.signIn('premium'));
    const path = `/v1/playback-sessions/${id}`;

    expect((await server.get(path, { method: 'DELETE' })).status).toBe(204);
    expect((await server.get(path, { method: 'DELETE' })).status).toBe(204);
    expect(await codeOf(await server.get(path, { method: 'PUT' }))).toBe('playback-session-ended');
  });

  test.each(['PUT', 'DELETE'])("is out of another account's reach: %s", async (method) => {
    const server = setup();
    const { id } = await server.open(await server.signIn('premium'));
    const headers = bearer(await server.signIn('basic'));

    const response = await server.get(`/v1/playback-sessions/${id}`, { method, headers });
    expect(await codeOf(response)).toBe('playback-session-unknown');
    expect((await server.get(`/v1/playback-sessions/${id}`, { method: 'PUT' })).status).toBe(200);
  });

  test.each(['PUT', 'DELETE'])('needs one that exists: %s', async (method) => {
    const response = await setup().get(`/v1/playback-sessions/${'A'.repeat(43)}`, { method });
    expect(await codeOf(response)).toBe('playback-session-unknown');
  });
});
