import { describe, expect, test } from 'vitest';

import { FILM_KEYS, bearer, codeOf, licenseBody, setup } from '../testing/setup.js';

const CREDENTIALS = { username: 'premium', password: 'demo' };

describe('signing in', () => {
  test('gives a token, its end and the account', async () => {
    const server = setup({ sessionTtlSeconds: 100 });
    const response = await server.post('/v1/login', CREDENTIALS);

    expect(response.headers.get('cache-control')).toBe('no-store');
    expect(await response.json()).toEqual({
      token: expect.stringMatching(/^[\w-]{43}$/),
      expiresAt: server.now() + 100_000,
      account: { id: 'demo-premium', name: 'Paula Premium', plan: 'premium', subscriptionEndsAt: null },
    });
  });

  test('gives another token every time', async () => {
    const server = setup();
    expect(await server.signIn('basic')).not.toBe(await server.signIn('basic'));
  });

  test.each([
    ['a wrong password', { username: 'premium', password: 'Demo' }],
    ['no password', { username: 'premium', password: '' }],
    ['an unknown user', { username: 'nobody', password: 'demo' }],
    ['a user called __proto__', { username: '__proto__', password: 'demo' }],
    ['a user in other letters', { username: 'Premium', password: 'demo' }],
  ])('fails in the same words with %s', async (_case, credentials) => {
    const response = await setup().post('/v1/login', credentials);
    expect(response.status).toBe(401);
    expect(response.headers.get('www-authenticate')).toBe('Bearer');
    expect(await response.json()).toEqual({
      type: 'urn:secure-player:problem:credentials-rejected',
      title: expect.any(String),
      status: 401,
      code: 'credentials-rejected',
    });
  });

  test('is impossible where no account is configured', async () => {
    expect(await codeOf(await setup({ accounts: undefined }).post('/v1/login', CREDENTIALS))).toBe(
      'credentials-rejected',
    );
  });

  test.each([
    ['is no JSON', '{"username":"hunter2', []],
    ['is no object', '[]', ['username', 'password']],
    ['is null', 'null', ['']],
    ['lacks a member', { username: 'premium' }, ['password']],
    ['has a member of another type', { username: 7, password: { hunter2: 1 } }, ['username', 'password']],
    ['has a member too many', { ...CREDENTIALS, hunter2: 'x' }, ['*']],
    [
      'tries to reach the prototype',
      '{"username":"premium","password":"demo","__proto__":{"hunter2":1}}',
      ['*'],
    ],
    ['has a member that is too long', { username: 'hunter2'.repeat(100), password: 'demo' }, ['username']],
  ])(
    'needs a body that makes sense; one that %s is refused without repeating it',
    async (_case, body, fields) => {
      const response = await setup().post('/v1/login', body);
      const text = await response.text();

      expect(response.status).toBe(400);
      expect(text).not.toContain('hunter2');
      const { code, errors } = JSON.parse(text) as { code: string; errors?: { field: string }[] };
      expect(code).toBe('invalid-request');
      expect(errors?.map(({ field }) => field) ?? []).toEqual(fields);
    },
  );

  test('takes UTF-8 only', async () => {
    const body = Buffer.from('{"username":"premium\xff","password":"demo"}', 'latin1');
    const headers = { 'Content-Type': 'application/json' };
    const response = await setup().app.request('/v1/login', { method: 'POST', body, headers });
    expect(await codeOf(response)).toBe('invalid-request');
  });

  test('takes JSON only', async () => {
    const headers = { 'Content-Type': 'text/plain' };
    expect(await codeOf(await setup().post('/v1/login', CREDENTIALS, { headers }))).toBe(
      'unsupported-media-type',
    );
  });

  test('reads no more than 16 KiB, announced or not', async () => {
    const body = JSON.stringify(CREDENTIALS).padEnd(16 * 1024 + 1);
    const headers = { 'Content-Type': 'application/json' };
    const announced = { ...headers, 'Content-Length': String(body.length) };
    const { app } = setup();

    expect(await codeOf(await app.request('/v1/login', { method: 'POST', body, headers: announced }))).toBe(
      'payload-too-large',
    );
    const stream = endless();
    // Node asks for `duplex`; the types of a browser's `Request` do not know it yet.
    const init = { method: 'POST', body: stream.body, headers, duplex: 'half' };
    const request = new Request('http://localhost/v1/login', init);
    expect(await codeOf(await app.fetch(request))).toBe('payload-too-large');
    expect(stream.sent()).toBeLessThan(64 * 1024);
  });
});

describe('being signed in', () => {
  test('lasts as long as promised', async () => {
    const server = setup({ sessionTtlSeconds: 60 });
    const headers = bearer(await server.signIn('basic'));

    server.advance(59);
    expect(await (await server.get('/v1/me', { headers })).json()).toMatchObject({
      id: 'demo-basic',
      plan: 'basic',
    });
    server.advance(1);
    expect(await codeOf(await server.get('/v1/me', { headers }))).toBe('session-expired');
  });

  test('is what /v1/me asks for', async () => {
    expect(await codeOf(await setup().get('/v1/me'))).toBe('authentication-required');
  });

  test('ends by signing out, on this device only', async () => {
    const server = setup();
    const [here, there] = [bearer(await server.signIn('basic')), bearer(await server.signIn('basic'))];

    expect((await server.post('/v1/logout', '', { headers: here })).status).toBe(204);
    expect(await codeOf(await server.get('/v1/me', { headers: here }))).toBe('session-expired');
    expect((await server.get('/v1/me', { headers: there })).status).toBe(200);
  });

  test('ends with the playback sessions that this sign-in opened', async () => {
    const server = setup();
    const [here, there] = [await server.signIn('premium'), await server.signIn('premium')];
    const [mine, others] = [await server.open(here), await server.open(there)];
    await server.post('/v1/logout', '', { headers: bearer(here) });

    const ask = async (id: string) =>
      server.post(`/license/clearkey?session=${id}`, licenseBody([FILM_KEYS.SD]));
    expect(await codeOf(await ask(mine.id))).toBe('playback-session-ended');
    expect((await ask(others.id)).status).toBe(200);
  });
});

function endless(): { body: ReadableStream<Uint8Array>; sent: () => number } {
  let sent = 0;
  const body = new ReadableStream<Uint8Array>({
    pull(controller) {
      sent += 4096;
      controller.enqueue(new Uint8Array(4096).fill(32));
    },
  });
  return { body, sent: () => sent };
}
