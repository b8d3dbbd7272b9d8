import { expect, test } from 'vitest';

import { demoAccounts } from '../accounts/demo-accounts.js';
import { createEntitlementApi } from '../api/index.js';
import { ProblemError } from '../http/problem-error.js';
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

test.each([
  ['too-many-requests', { rateLimits: { login: { account: { burst: 1, perMinute: 0.01 } } } }],
  ['service-unavailable', { passwords: { verify: busy } }],
] as const)('sign-ins that are turned away are written down, but fill nothing: %s', async (code, options) => {
  let now = clock();
  const store = createInMemoryStore({ clock: () => now });
  const { app } = createEntitlementApi({
    titles: [FILM],
    keySeed: KEY_SEED,
    accounts: demoAccounts(),
    passwords: { verify: async () => false },
    ...{ store, clock: () => now },
    ...options,
  });
  const guess = async (username: string) =>
    app.request('/v1/login', {
      method: 'POST',
      headers: { 'Content-Type': 'application/json' },
      body: JSON.stringify({ username, password: 'guessed' }),
    });
  const written = async (accountId: string | null) => {
    const entries = await store.tenant('default').audit.list({ limit: 1000 });
    return entries.filter((entry) => entry.accountId === accountId && entry.decision === code).length;
  };

  for (let count = 0; count < 40; count += 1) {
    await guess('premium');
    await guess('nobody');
    await guess('somebody');
  }
  expect([await written('demo-premium'), await written(null)]).toEqual([10, 10]);
  now += 60_000;
  for (let count = 0; count < 5; count += 1) await guess('premium');
  expect(await written('demo-premium')).toBe(11);
});

async function busy(): Promise<boolean> {
  throw new ProblemError('service-unavailable');
}
