import { describe, expect, test } from 'vitest';

import { toStoreFailure } from '../sql/store-failure.js';
import { createInMemoryStore } from '../store/in-memory-store.js';
import { FILM, bearer, codeOf, setup } from '../testing/setup.js';

describe('an address', () => {
  test.each(['/', '/v1', '/v1/nothing', '/license', '/license/', '/keys/aes128/x', '/nothing', '/healthz/x'])(
    'that leads nowhere is a problem: %s',
    async (path) => {
      expect(await codeOf(await setup().get(path))).toBe('not-found');
    },
  );

  test.each([
    ['GET', '/v1/login', 'POST'],
    ['POST', '/v1/me', 'GET, HEAD'],
    ['GET', '/v1/logout', 'POST'],
    ['DELETE', '/v1/catalog', 'GET, HEAD'],
    ['GET', '/v1/playback-sessions', 'POST'],
    ['GET', '/v1/playback-sessions/x', 'PUT, DELETE'],
    ['GET', '/license/clearkey', 'POST'],
    ['POST', '/certificate/widevine', 'GET, HEAD'],
    ['POST', '/media/film-v1/a.mp4', 'GET, HEAD'],
    ['PUT', '/healthz', 'GET, HEAD'],
  ])('that does not take %s %s names what it takes', async (method, path, allow) => {
    const response = await setup().get(path, { method });
    expect(response.status).toBe(405);
    expect(response.headers.get('allow')).toBe(allow);
    expect(await codeOf(response)).toBe('method-not-allowed');
  });

  test('tells that the server lives', async () => {
    expect(await (await setup().get('/healthz')).json()).toEqual({ status: 'ok' });
  });

  test.each([
    ['/v1/me', true],
    ['/license/clearkey', true],
    ['/certificate/widevine', true],
    ['/media/film-v1/a.mp4', true],
    ['/healthz', true],
    ['/', false],
    ['/v1x', false],
    ['/medial', false],
    ['/watch/v1/', false],
  ])("%s is the server's own: %s", (path, expected) => {
    expect(setup().handles(path)).toBe(expected);
  });
});

test('a fault of the server says nothing to the caller and everything but its message to the log', async () => {
  const server = setup({
    random: () => {
      throw new RangeError('swordfish\n    at hunter2');
    },
  });
  const response = await server.post('/v1/login', { username: 'premium', password: 'demo' });

  expect(response.status).toBe(500);
  expect(await response.json()).toEqual({
    type: 'urn:secure-player:problem:internal-error',
    title: expect.any(String),
    status: 500,
    code: 'internal-error',
  });
  expect(server.entries).toEqual([
    {
      event: 'fault',
      level: 'error',
      time: server.now(),
      name: 'RangeError',
      frames: expect.arrayContaining([expect.stringMatching(/^at /)]),
    },
    expect.objectContaining({ event: 'request', level: 'error', status: 500, code: 'internal-error' }),
  ]);
  expect(JSON.stringify(server.entries)).not.toContain('swordfish');
});

test.each([
  ['57P01', 503, 'service-unavailable', '5'],
  ['25006', 503, 'service-unavailable', '5'],
  ['ECONNREFUSED', 503, 'service-unavailable', '5'],
  ['22P02', 500, 'internal-error', null],
  ['ERR_INVALID_ARG_TYPE', 500, 'internal-error', null],
])(
  'a store that fails with %s is a %i, and a fault in the log',
  async (code, status, problem, retryAfter) => {
    const store = createInMemoryStore();
    const { bearers } = store.tenant('default');
    bearers.save = async () => {
      throw toStoreFailure({ code });
    };
    const server = setup({ store: { ...store, tenant: () => ({ ...store.tenant('default'), bearers }) } });
    const response = await server.post('/v1/login', { username: 'premium', password: 'demo' });
    expect(response.status).toBe(status);
    expect(response.headers.get('retry-after')).toBe(retryAfter);
    expect(await codeOf(response)).toBe(problem);
    expect(server.entries).toContainEqual(
      expect.objectContaining({ event: 'fault', name: 'StoreFailure', databaseCode: code }),
    );
  },
);

test('a fault that puts words into the stack cannot pass them off as frames', async () => {
  const error = new Error('first line\n    at hunter2 (token)');
  const server = setup({
    random: () => {
      throw error;
    },
  });
  await server.post('/v1/login', { username: 'premium', password: 'demo' });
  expect(JSON.stringify(server.entries)).not.toContain('hunter2');
});

describe('every answer', () => {
  test.each(['/healthz', '/v1/catalog', '/v1/me', '/nothing', '/media/none.mp4'])(
    '%s has its headers',
    async (path) => {
      const { headers } = await setup().get(path);
      expect(headers.get('x-content-type-options')).toBe('nosniff');
      expect(headers.get('referrer-policy')).toBe('no-referrer');
      expect(headers.get('x-frame-options')).toBe('DENY');
      expect(headers.get('cross-origin-resource-policy')).toBe('same-origin');
      expect(headers.get('content-security-policy')).toBe(
        "default-src 'none'; base-uri 'none'; form-action 'none'; frame-ancestors 'none'",
      );
      expect(headers.has('set-cookie')).toBe(false);
    },
  );
});

describe('a page of another origin', () => {
  const ALLOWED = 'https://site.example';
  const preflight = (origin: string) => ({
    method: 'OPTIONS',
    headers: {
      Origin: origin,
      'Access-Control-Request-Method': 'POST',
      'Access-Control-Request-Headers': 'authorization',
    },
  });

  const API_HEADERS = 'Authorization,Content-Type,Idempotency-Key';

  test.each([
    ['/v1/login', API_HEADERS],
    // PlayReady's messages tell the page to send it.
    ['/license/playready', `${API_HEADERS},SOAPAction`],
    ['/certificate/fairplay', API_HEADERS],
  ])('may use %s when it is listed', async (path, allowedHeaders) => {
    const server = setup({ allowedOrigins: [ALLOWED] });
    const { status, headers } = await server.get(path, preflight(ALLOWED));
    expect(status).toBe(204);
    expect(headers.get('access-control-allow-origin')).toBe(ALLOWED);
    expect(headers.get('access-control-allow-headers')).toBe(allowedHeaders);
    expect(headers.get('access-control-allow-methods')).toContain('POST');
    expect(headers.has('access-control-allow-credentials')).toBe(false);
  });

  test('may read the answer, problems too, and caches keep origins apart', async () => {
    const server = setup({ allowedOrigins: [ALLOWED] });
    const { status, headers } = await server.get('/v1/me', { headers: { Origin: ALLOWED } });
    expect(status).toBe(401);
    expect(headers.get('access-control-allow-origin')).toBe(ALLOWED);
    expect(headers.get('vary')).toContain('Origin');
  });

  test.each([
    [[], ALLOWED],
    [[ALLOWED], 'https://evil.example'],
    [[ALLOWED], 'https://site.example.evil.example'],
    [[ALLOWED], 'http://site.example'],
    [[ALLOWED], 'null'],
  ])('may not when the list is %j and it is %s', async (allowedOrigins, origin) => {
    const server = setup({ allowedOrigins });
    expect(
      (await server.get('/v1/login', preflight(origin))).headers.has('access-control-allow-origin'),
    ).toBe(false);
    const answer = await server.get('/v1/me', { headers: { Origin: origin } });
    expect(answer.headers.has('access-control-allow-origin')).toBe(false);
  });

  test('may ask for ranges of media and see how long they are, whoever it is', async () => {
    const asked = await setup().get('/media/film-v1/a.mp4', {
      method: 'OPTIONS',
      headers: { Origin: 'https://any.example', 'Access-Control-Request-Headers': 'range' },
    });
    expect(asked.headers.get('access-control-allow-origin')).toBe('*');
    expect(asked.headers.get('access-control-allow-headers')).toContain('Range');

    const answered = await setup().get('/media/film-v1/a.mp4', {
      headers: { Origin: 'https://any.example' },
    });
    expect(answered.headers.get('access-control-expose-headers')).toBe(
      'Accept-Ranges,Content-Length,Content-Range,ETag',
    );
  });
});

describe('the log', () => {
  test('has one entry per request, by route and code', async () => {
    const server = setup();
    const token = await server.signIn('premium');
    await server.get(`/v1/playback-sessions/${token}?token=${token}`, {
      method: 'DELETE',
      headers: bearer(token),
    });
    await server.get(`/${token}`);
    await server.get('/v1/catalog', { method: 'HEAD' });

    expect(
      server.entries.map(
        (entry) => entry.event === 'request' && [entry.method, entry.route, entry.status, entry.code],
      ),
    ).toEqual([
      ['POST', '/v1/login', 200, undefined],
      ['DELETE', '/v1/playback-sessions/:id', 404, 'playback-session-unknown'],
      ['GET', 'unmatched', 404, 'not-found'],
      ['HEAD', '/v1/catalog', 200, undefined],
    ]);
  });

  test.each([
    ['error', ['fault']],
    ['info', ['request', 'request', 'fault']],
    ['debug', ['request', 'license', 'request', 'fault']],
  ] as const)('at level %s has what the level asks for', async (logLevel, events) => {
    let calls = 0;
    const random = (length: number) => {
      calls += 1;
      if (calls > 1) throw new Error('no more');
      return new Uint8Array(length);
    };
    const server = setup({ logLevel, random, titles: [FILM] });
    const token = await server.signIn('premium');
    const body = '{"kids":["oAAAAAAAAAAAAAAAAAAAAQ"],"type":"temporary"}';
    await server.post('/license/clearkey', body, { headers: bearer(token) });
    await server.post('/v1/login', { username: 'basic', password: 'demo' });

    const seen = server.entries.filter(
      ({ event }, index) => !(event === 'request' && index === server.entries.length - 1),
    );
    expect(seen.map(({ event }) => event)).toEqual(events);
  });
});
