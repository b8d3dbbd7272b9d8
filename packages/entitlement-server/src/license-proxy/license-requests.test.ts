import { describe, expect, test } from 'vitest';

import {
  FILM_KEYS,
  TRAILER_KEYS,
  UNKNOWN_KEY,
  bearer,
  codeOf,
  licenseBody,
  setup,
} from '../testing/setup.js';

const FREE = [TRAILER_KEYS.SD];

describe('the body of a license request', () => {
  test.each([
    'application/json',
    'application/json; charset=utf-8',
    'application/octet-stream',
    'text/plain;charset=UTF-8',
  ])('may be called %s', async (type) => {
    const response = await setup().post('/license/clearkey', licenseBody(FREE), {
      headers: { 'Content-Type': type },
    });
    expect(response.status).toBe(200);
  });

  test('may be called nothing at all', async () => {
    const body = new TextEncoder().encode(licenseBody(FREE));
    const response = await setup().app.request('/license/clearkey', { method: 'POST', body });
    expect(response.status).toBe(200);
  });

  test('may not be a form', async () => {
    const headers = { 'Content-Type': 'application/x-www-form-urlencoded' };
    expect(await codeOf(await setup().post('/license/clearkey', 'kids=1', { headers }))).toBe(
      'unsupported-media-type',
    );
  });

  test.each([
    ['is empty', '', 'invalid-request'],
    ['is no JSON', '{"kids":[', 'invalid-request'],
    ['has no key ids', licenseBody([]), 'invalid-request'],
    ['has a padded key id', '{"kids":["obAAAAAAAAAAAAAAAAAAAAE="],"type":"temporary"}', 'invalid-request'],
    ['asks for a stored license', licenseBody(FREE, 'persistent-license'), 'invalid-request'],
    ['asks for a key nobody has', licenseBody([UNKNOWN_KEY]), 'content-not-found'],
    ['asks for a key nobody has among others', licenseBody([...FREE, UNKNOWN_KEY]), 'content-not-found'],
    ['asks for keys of two titles', licenseBody([...FREE, FILM_KEYS.SD]), 'invalid-request'],
    [
      'asks for too many keys',
      licenseBody(Array.from({ length: 65 }, (_, i) => `${i}`.padStart(32, '0'))),
      'invalid-request',
    ],
    ['is over 64 KiB', licenseBody(FREE).padEnd(64 * 1024 + 1), 'payload-too-large'],
  ])('is refused when it %s', async (_case, body, code) => {
    expect(await codeOf(await setup().post('/license/clearkey', body))).toBe(code);
  });

  test('is read up to 64 KiB', async () => {
    const response = await setup().post('/license/clearkey', licenseBody(FREE).padEnd(64 * 1024));
    expect(response.status).toBe(200);
  });
});

describe('the playback session of a license request', () => {
  test('that nobody opened is unknown', async () => {
    const response = await setup().post(`/license/clearkey?session=${'A'.repeat(43)}`, licenseBody(FREE));
    expect(await codeOf(response)).toBe('playback-session-unknown');
  });

  test.each(['', 'x', '../../v1/me', '__proto__'])('is unknown when it cannot be one: "%s"', async (id) => {
    const response = await setup().post(
      `/license/clearkey?session=${encodeURIComponent(id)}`,
      licenseBody(FREE),
    );
    expect(await codeOf(response)).toBe('playback-session-unknown');
  });

  test('is unknown to another account', async () => {
    const server = setup();
    const { id } = await server.open(await server.signIn('premium'));
    const headers = bearer(await server.signIn('basic'));
    const response = await server.post(`/license/clearkey?session=${id}`, licenseBody([FILM_KEYS.HD]), {
      headers,
    });
    expect(await codeOf(response)).toBe('playback-session-unknown');
  });

  test('opens its own title only', async () => {
    const server = setup();
    const token = await server.signIn('premium');
    const { id } = await server.open(token, { contentId: 'trailer', intent: 'play' });
    const response = await server.post(`/license/clearkey?session=${id}`, licenseBody([FILM_KEYS.SD]), {
      headers: bearer(token),
    });
    expect(await codeOf(response)).toBe('invalid-request');
  });

  test('may be named once', async () => {
    const server = setup();
    const { id } = await server.open(null, { contentId: 'trailer', intent: 'play' });
    const response = await server.post(`/license/clearkey?session=${id}&session=${id}`, licenseBody(FREE));
    expect(await codeOf(response)).toBe('invalid-request');
  });

  test('opened signed out gives no rights to a subscription title', async () => {
    const server = setup();
    const { id } = await server.open(null, { contentId: 'trailer', intent: 'play' });
    const response = await server.post(`/license/clearkey?session=${id}`, licenseBody([FILM_KEYS.SD]));
    expect(response.status).toBe(400);
  });
});

test.each([
  ['a token that is over', (token: string) => bearer(token), 'session-expired'],
  ['a token that never was', () => bearer('A'.repeat(43)), 'session-expired'],
  ['a token that cannot be one', () => ({ Authorization: 'Bearer x y' }), 'session-expired'],
  ['another scheme', () => ({ Authorization: 'Basic cHJlbWl1bTpkZW1v' }), 'authentication-required'],
])('%s opens no subscription title and every free one', async (_case, headersFor, code) => {
  const server = setup({ sessionTtlSeconds: 60 });
  const headers = headersFor(await server.signIn('premium'));
  server.advance(60);

  const refusal = await server.post('/license/clearkey', licenseBody([FILM_KEYS.SD]), { headers });
  expect(refusal.headers.get('www-authenticate')).toMatch(/^Bearer/);
  expect(await codeOf(refusal)).toBe(code);
  expect((await server.post('/license/clearkey', licenseBody(FREE), { headers })).status).toBe(200);
});

test.each(['widevine', 'playready', 'fairplay', 'clearkey2', '__proto__', 'constructor'])(
  'there are no licenses for %s',
  async (system) => {
    expect(await codeOf(await setup().post(`/license/${system}`, licenseBody(FREE)))).toBe(
      'key-system-unsupported',
    );
  },
);
