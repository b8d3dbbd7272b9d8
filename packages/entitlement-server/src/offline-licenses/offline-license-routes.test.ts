import { describe, expect, test } from 'vitest';

import { createInMemoryStore } from '../store/in-memory-store.js';
import {
  KEPT,
  TERM,
  askOffline,
  checkOffline,
  listOffline,
  renewOffline,
  renewalCode,
  reportPlay,
  revokeOffline,
  startOffline,
} from '../testing/offline-kit.js';
import { FILM, bearer, codeOf } from '../testing/setup.js';

const FIREFOX = 'Mozilla/5.0 (Windows NT 10.0; rv:140.0) Gecko/20100101 Firefox/140.0';

describe('opening an offline license', () => {
  test('gives a source whose license URLs carry it, and says how long it lasts', async () => {
    const server = startOffline({ virtualKeySystems: true });
    const token = await server.signIn('premium');
    const opened = await server.openOffline(token, { contentId: 'film', format: 'hls' });

    expect(opened).toMatchObject({
      contentId: 'film',
      expiresAt: server.now() + TERM * 1000,
      startBy: null,
      playWithinSeconds: null,
      renewable: true,
      serverTime: server.now(),
    });
    expect(opened.id).not.toBe(opened.handle);
    expect(opened.source).toMatchObject({ id: 'film', type: 'hls', src: '/media/film-v1/hls/master.m3u8' });
    expect(opened.source).not.toHaveProperty('session');
    const urls = Object.values(opened.source.drm ?? {}).map(
      (system) => 'licenseUrl' in system && system.licenseUrl,
    );
    expect(urls).toEqual(
      ['clearkey', 'widevine', 'playready', 'fairplay'].map(
        (name) => `/license/${name}?offline=${opened.id}`,
      ),
    );
  });

  test.each<[string, string | null, object, string]>([
    ['somebody who has not signed in', null, { contentId: 'film' }, 'authentication-required'],
    ['a subscription that is over', 'expired', { contentId: 'film' }, 'subscription-expired'],
    ['a title that was not rented', 'premium', { contentId: 'rental' }, 'rental-required'],
    ['a title that may not be stored', 'premium', { contentId: 'trailer' }, 'offline-not-allowed'],
    ['a title that is not there', 'premium', { contentId: 'none' }, 'content-not-found'],
    ['a format that it has not', 'premium', { contentId: 'film', format: 'dash-cbcs' }, 'invalid-request'],
    ['a device of no name', 'premium', { contentId: 'film', deviceId: 'a b' }, 'invalid-request'],
    ['a member that nobody knows', 'premium', { contentId: 'film', intent: 'play' }, 'invalid-request'],
  ])('is refused to %s', async (_, username, request, code) => {
    const server = startOffline();
    expect(await askOffline(server, username && (await server.signIn(username)), request)).toBe(code);
  });

  test('is refused where the title is not offered, or no longer', async () => {
    const blocked = startOffline({ titles: [{ ...KEPT, regions: { allow: ['DE'] } }] });
    const film = { contentId: 'film' };
    expect(await askOffline(blocked, await blocked.signIn('premium'), film)).toBe('region-blocked');
    const over = startOffline({ titles: [{ ...KEPT, policy: { ...KEPT.policy, notAfter: 5 } }] });
    expect(await askOffline(over, await over.signIn('premium'), film)).toBe('content-not-found');
  });

  test('ends with the subscription and with the title, whichever is first', async () => {
    const titleEnd = Date.UTC(2026, 0, 1, 20);
    const server = startOffline({ titles: [{ ...KEPT, policy: { ...KEPT.policy, notAfter: titleEnd } }] });
    const token = await server.signIn('premium');
    expect(await server.openOffline(token)).toMatchObject({ expiresAt: titleEnd, renewable: false });
  });

  test('under one Idempotency-Key gives one license, until that is over', async () => {
    const server = startOffline();
    const token = await server.signIn('premium');
    const key = { 'Idempotency-Key': 'once' };
    const film = { contentId: 'film' };
    const first = await server.openOffline(token, film, key);
    expect((await server.openOffline(token, film, key)).id).toBe(first.id);
    expect((await server.openOffline(token, film)).id).not.toBe(first.id);
    expect(await askOffline(server, token, { ...film, format: 'hls' }, key)).toBe('invalid-request');
    expect(await askOffline(server, token, film, { 'Idempotency-Key': 'a b' })).toBe('invalid-request');
    const session = await server.open(token, { ...film, intent: 'play' }, key);
    expect(session.id).not.toBe(first.id);

    await revokeOffline(server, token, first.handle);
    expect((await server.openOffline(token, film, key)).id).not.toBe(first.id);
  });
});

describe('the list of an account', () => {
  test('says what is kept on which device, newest first, and lets nobody use it', async () => {
    const server = startOffline();
    const token = await server.signIn('premium');
    const agent = { 'User-Agent': FIREFOX };
    const first = await server.openOffline(token, { contentId: 'film', deviceId: 'pc' }, agent);
    const createdAt = server.now();
    server.advance(1);
    const second = await server.openOffline(token, { contentId: 'film', deviceId: 'pc' }, agent);
    await renewOffline(server, first.id);
    const answer = await listOffline(server, token);

    expect(answer.serverTime).toBe(server.now());
    expect(answer.licenses.map(({ handle }) => handle)).toEqual([second.handle, first.handle]);
    expect(answer.licenses[1]).toEqual({
      handle: first.handle,
      contentId: 'film',
      title: FILM.title,
      device: 'Firefox on Windows',
      deviceId: 'pc',
      createdAt,
      renewedAt: server.now(),
      expiresAt: server.now() + TERM * 1000,
      status: 'active',
    });
    expect(JSON.stringify(answer)).not.toContain(first.id);
    expect(await codeOf(await server.get(`/v1/offline-licenses/${first.handle}`))).toBe(
      'offline-license-unknown',
    );
    expect(await renewalCode(server, first.handle)).toBe('offline-license-unknown');
  });

  test('is nobody else’s', async () => {
    const server = startOffline();
    const { id, handle } = await server.openOffline(await server.signIn('premium'));
    const other = await server.signIn('basic');
    expect((await listOffline(server, other)).licenses).toEqual([]);
    expect(await revokeOffline(server, other, handle)).toBe('offline-license-unknown');
    expect(await revokeOffline(server, null, handle)).toBe('authentication-required');
    const headers = bearer(other);
    expect(await codeOf(await server.get(`/v1/offline-licenses/${id}`, { headers }))).toBe(
      'offline-license-unknown',
    );
    expect((await checkOffline(server, id)).status).toBe('active');
  });
});

test('tenants know nothing of each other’s', async () => {
  const tenant = {
    id: 'other',
    hosts: ['other.example'],
    titles: [{ ...KEPT, directory: 'other-v1' }],
    accounts: [],
    keySeed: new Uint8Array(30).fill(7),
  };
  const server = startOffline({ tenants: [tenant] });
  const { id } = await server.openOffline(await server.signIn('premium'));
  const elsewhere = await server.app.request(`http://other.example/v1/offline-licenses/${id}`);
  expect(await codeOf(elsewhere)).toBe('offline-license-unknown');
});

test('every decision is written down, without the id', async () => {
  const clock = (): number => Date.UTC(2026, 0, 1);
  const store = createInMemoryStore({ clock });
  const server = startOffline({ store, clock });
  const token = await server.signIn('premium');
  const { id, handle } = await server.openOffline(token);
  await askOffline(server, token, { contentId: 'trailer' });
  await renewOffline(server, id);
  await reportPlay(server, id);
  await revokeOffline(server, token, handle);
  await renewalCode(server, id);

  const entries = (await store.tenant('default').audit.list()).filter(({ action }) => action !== 'login');
  expect(entries.map(({ action, decision }) => [action, decision])).toEqual([
    ['offline-renew', 'offline-license-revoked'],
    ['offline-revoke', 'granted'],
    ['offline-play', 'granted'],
    ['offline-renew', 'granted'],
    ['offline-open', 'offline-not-allowed'],
    ['offline-open', 'granted'],
  ]);
  const granted = entries.filter(({ decision }) => decision === 'granted');
  for (const entry of granted) {
    expect(entry).toMatchObject({ accountId: 'demo-premium', contentId: 'film', sessionKey: handle });
  }
  expect(JSON.stringify(entries)).not.toContain(id);
});

test('opening counts as opening a session does, and asking by the id for its account', async () => {
  const once = { burst: 1, perMinute: 1 };
  const server = startOffline({ rateLimits: { sessions: { account: once }, other: { account: once } } });
  const token = await server.signIn('premium');
  const { id } = await server.openOffline(token);
  expect(await askOffline(server, token, { contentId: 'film' })).toBe('too-many-requests');
  expect(await renewalCode(server, id)).toBe(200);
  expect(await renewalCode(server, id)).toBe('too-many-requests');
  expect(await codeOf(await server.get(`/v1/offline-licenses/${id}`))).toBe('too-many-requests');
});
