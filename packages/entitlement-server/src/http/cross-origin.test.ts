import { describe, expect, test } from 'vitest';

import { mediaFolder, setup } from '../testing/setup.js';

const SITE = 'https://site.example';
const OTHER = 'https://site.example.evil.test';
const API = ['/v1/catalog', '/v1/login', '/license/clearkey', '/certificate/widevine'];

const server = setup({ allowedOrigins: [SITE, 'http://localhost:3000'] });

async function preflight(path: string, origin: string, method = 'POST'): Promise<Headers> {
  const headers = {
    Origin: origin,
    'Access-Control-Request-Method': method,
    'Access-Control-Request-Headers': 'authorization,content-type',
  };
  return (await server.app.request(path, { method: 'OPTIONS', headers })).headers;
}

async function answer(path: string, origin?: string): Promise<Headers> {
  return (await server.app.request(path, origin === undefined ? {} : { headers: { Origin: origin } }))
    .headers;
}

describe.each(API)('%s', (path) => {
  test('lets pages of a listed origin ask and read, without credentials', async () => {
    const asked = await preflight(path, SITE);
    expect(asked.get('access-control-allow-origin')).toBe(SITE);
    expect(asked.get('access-control-allow-headers')).toContain('Authorization');
    expect(asked.get('vary')).toContain('Origin');

    const answered = await answer(path, SITE);
    expect(answered.get('access-control-allow-origin')).toBe(SITE);
    expect(answered.get('vary')).toContain('Origin');
    for (const headers of [asked, answered])
      expect(headers.has('access-control-allow-credentials')).toBe(false);
  });

  test.each([
    OTHER,
    'null',
    'http://site.example',
    'https://site.example:8443',
    'https://sub.site.example',
    '*',
    '',
  ])('lets pages of no other origin read anything: %j', async (origin) => {
    for (const headers of [await preflight(path, origin), await answer(path, origin)]) {
      expect(headers.has('access-control-allow-origin')).toBe(false);
      expect(headers.has('access-control-allow-credentials')).toBe(false);
    }
  });

  test('keeps answers for one origin out of a cache that serves another', async () => {
    expect((await answer(path)).get('vary')).toContain('Origin');
    expect((await answer(path, OTHER)).get('vary')).toContain('Origin');
  });
});

test('refusals can be read by pages of a listed origin, with the time to wait', async () => {
  const limited = setup({
    allowedOrigins: [SITE],
    rateLimits: { login: { account: { burst: 1, perMinute: 1 } } },
  });
  const login = async () =>
    limited.post('/v1/login', { username: 'a', password: 'b' }, { headers: { Origin: SITE } });
  await login();
  const { status, headers } = await login();
  expect(status).toBe(429);
  expect(headers.get('access-control-allow-origin')).toBe(SITE);
  expect(headers.get('access-control-expose-headers')).toContain('Retry-After');
});

test('media may be read by any page, without credentials', async () => {
  const origin = setup({ mediaRoot: await mediaFolder({ 'film-v1/1.m4s': 'segment' }) });
  const response = await origin.app.request('/media/film-v1/1.m4s', { headers: { Origin: OTHER } });
  expect(response.headers.get('access-control-allow-origin')).toBe('*');
  expect(response.headers.has('access-control-allow-credentials')).toBe(false);
});

test.each(['/healthz', '/readyz', '/metrics', '/nothing'])(
  'no page of another origin reads %s',
  async (path) => {
    expect((await answer(path, SITE)).has('access-control-allow-origin')).toBe(false);
  },
);

test.each(['/v1/catalog', '/v1/me', '/license/clearkey', '/nothing', '/readyz'])(
  'what %s answers is data and never a page',
  async (path) => {
    const headers = await answer(path);
    expect(headers.get('content-security-policy')).toBe(
      "default-src 'none'; base-uri 'none'; form-action 'none'; frame-ancestors 'none'",
    );
    expect(headers.get('x-content-type-options')).toBe('nosniff');
    expect(headers.get('x-frame-options')).toBe('DENY');
    expect(headers.get('referrer-policy')).toBe('no-referrer');
    expect(headers.get('cross-origin-resource-policy')).toBe('same-origin');
    // The catalog is everybody's, and may be kept as long as it is asked for again.
    expect(headers.get('cache-control')).toBe(path === '/v1/catalog' ? 'no-cache' : 'no-store');
    expect(headers.has('x-powered-by')).toBe(false);
  },
);

test('what is too long is turned away before anything looks at it', async () => {
  const long = await server.get(`/v1/catalog?${'a'.repeat(5000)}`);
  expect(long.status).toBe(413);
  expect(await long.json()).toMatchObject({ code: 'payload-too-large' });

  const headers = { 'Content-Length': String(2 * 1024 * 1024) };
  for (const path of ['/v1/logout', '/v1/login', '/license/clearkey', '/nothing']) {
    expect((await server.post(path, '{}', { headers })).status).toBe(413);
  }
});
