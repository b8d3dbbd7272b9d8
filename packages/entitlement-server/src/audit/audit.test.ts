import { expect, test } from 'vitest';

import { spellings } from '../testing/secret-spellings.js';
import { createInMemoryStore } from '../store/in-memory-store.js';
import { FILM, FILM_KEYS, KEY_SEED, TRAILER, bearer, licenseBody, setup } from '../testing/setup.js';
import { createDevice, requestFor } from '../testing/virtual-device.js';

const clock = (): number => Date.UTC(2026, 0, 1);

test('every decision is written down with its reason, and without a secret', async () => {
  const store = createInMemoryStore({ clock });
  const server = setup({ store, clock, plans: { premium: { streams: { limit: 1 } } } });
  await server.post('/v1/login', { username: 'premium', password: 'hunter2' });
  const token = await server.signIn('premium');
  const { id } = await server.open(token);
  await server.post(
    '/v1/playback-sessions',
    { contentId: 'film', intent: 'play' },
    { headers: bearer(token) },
  );
  await server.post(`/license/clearkey?session=${id}`, licenseBody(Object.values(FILM_KEYS)));
  await server.get(`/v1/playback-sessions/${id}`, { method: 'PUT' });
  await server.get(`/v1/playback-sessions/${id}`, { method: 'DELETE' });
  await server.post(`/license/clearkey?session=${id}`, licenseBody([FILM_KEYS.SD]));
  await server.get('/v1/logout', { method: 'POST', headers: bearer(token) });

  const entries = await store.tenant('default').audit.list();
  expect(entries.map(({ action, decision }) => [action, decision])).toEqual([
    ['logout', 'granted'],
    ['license', 'playback-session-ended'],
    ['session-end', 'granted'],
    ['session-renew', 'granted'],
    ['license', 'granted'],
    ['session-open', 'stream-limit-reached'],
    ['session-open', 'granted'],
    ['login', 'granted'],
    ['login', 'credentials-rejected'],
  ]);
  const license = entries.find(({ action, decision }) => action === 'license' && decision === 'granted');
  expect(license).toMatchObject({
    accountId: 'demo-premium',
    contentId: 'film',
    system: 'clearkey',
    keys: 3,
    sessionKey: expect.any(String),
  });
  const told = Buffer.from(JSON.stringify(entries));
  for (const secret of [token, id, 'hunter2']) expect(told.includes(secret)).toBe(false);
  expect(spellings(KEY_SEED).filter(([, needle]) => told.includes(needle))).toEqual([]);
});

test('a license counts the keys that it was asked for and granted', async () => {
  const store = createInMemoryStore({ clock });
  const server = setup({ store, clock });
  const headers = bearer(await server.signIn('premium'));
  await server.post('/license/clearkey', licenseBody([FILM_KEYS.SD]), { headers });

  expect(await store.tenant('default').audit.list({ limit: 1 })).toMatchObject([
    { decision: 'granted', keys: 1 },
  ]);
});

test('a license that is refused is written down with who asked for what', async () => {
  const store = createInMemoryStore({ clock });
  const blocked = { ...FILM, regions: { allow: ['DE'] } };
  const server = setup({ store, clock, titles: [blocked, TRAILER] });
  const headers = bearer(await server.signIn('premium'));
  await server.post('/license/clearkey', licenseBody([FILM_KEYS.SD]), { headers });

  expect(await store.tenant('default').audit.list({ limit: 1 })).toMatchObject([
    { decision: 'region-blocked', accountId: 'demo-premium', contentId: 'film', system: 'clearkey', keys: 1 },
  ]);
});

test('what the license server refuses is not written down as granted', async () => {
  const store = createInMemoryStore({ clock });
  const keys = FILM.keys.map((key) => ({ ...key, policy: { minSecurityLevel: 'hardware' } as const }));
  const server = setup({ store, clock, titles: [{ ...FILM, keys }], virtualKeySystems: true });
  const device = await createDevice({ system: 'widevine', server });
  const token = await server.signIn('premium');
  expect(await device.ask(requestFor([FILM_KEYS.SD]), { token })).toBe('security-level-insufficient');

  expect(await store.tenant('default').audit.list({ limit: 1 })).toMatchObject([
    { action: 'license', decision: 'security-level-insufficient', accountId: 'demo-premium' },
  ]);
});
