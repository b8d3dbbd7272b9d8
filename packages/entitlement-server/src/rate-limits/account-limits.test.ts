import { expect, test } from 'vitest';

import { FILM_KEYS, bearer, codeOf, licenseBody, setup } from '../testing/setup.js';

const TWO = { burst: 2, perMinute: 60 };

test('guessing the password of one account runs out, known or not, and the right one waits as well', async () => {
  const server = setup();
  const guess = async (username: string, password = 'wrong') =>
    (await server.post('/v1/login', { username, password })).status;

  for (const username of ['premium', 'nobody']) {
    const statuses = [];
    for (let count = 0; count < 11; count += 1) statuses.push(await guess(username));
    expect(statuses).toEqual([...Array<number>(10).fill(401), 429]);
  }
  expect(await guess('premium', 'demo')).toBe(429);
  expect(await guess('basic', 'demo')).toBe(200);
  server.advance(60);
  expect(await guess('premium', 'demo')).toBe(200);
});

test('an account has budgets for sessions, licenses and the rest, with a token and without', async () => {
  const server = setup({
    rateLimits: { sessions: { account: TWO }, licenses: { account: TWO }, other: { account: TWO } },
  });
  const headers = bearer(await server.signIn('premium'));
  const license = async (query: string, as: Record<string, string>) =>
    codeOf(await server.post(`/license/clearkey${query}`, licenseBody([FILM_KEYS.SD]), { headers: as }));
  const open = async () =>
    server.post('/v1/playback-sessions', { contentId: 'film', intent: 'play' }, { headers });

  const { id } = (await (await open()).json()) as { id: string };
  expect((await open()).status).toBe(201);
  const refused = await open();
  expect([refused.status, refused.headers.get('retry-after')]).toEqual([429, '1']);

  expect(await license(`?session=${id}`, headers)).toBe(200);
  expect(await license(`?session=${id}`, {})).toBe(200);
  expect(await license(`?session=${id}`, {})).toBe('too-many-requests');
  expect(await license('', headers)).toBe('too-many-requests');

  expect((await server.get('/v1/me', { headers })).status).toBe(200);
  expect((await server.get('/v1/streams', { headers })).status).toBe(200);
  expect(await codeOf(await server.get('/v1/me', { headers }))).toBe('too-many-requests');
  expect((await server.get('/v1/me', { headers: bearer(await server.signIn('basic')) })).status).toBe(200);
});

test('budgets can be turned off', async () => {
  const server = setup({ rateLimits: false });
  const statuses = new Set<number>();
  for (let count = 0; count < 60; count += 1) {
    statuses.add((await server.post('/v1/login', { username: 'nobody', password: 'wrong' })).status);
  }
  expect([...statuses]).toEqual([401]);
});

test('an address is counted for what it means, however it is spelled', async () => {
  const server = setup({ rateLimits: { sessions: { account: TWO } } });
  const headers = bearer(await server.signIn('premium'));
  const open = async (path: string) =>
    codeOf(await server.post(path, { contentId: 'film', intent: 'play' }, { headers }));

  expect(await open('/v1/playback-sessions')).toBe(201);
  expect(await open('/v1/playback%2Dsessions')).toBe(201);
  expect(await open('/v1/%70layback-sessions')).toBe('too-many-requests');
});
