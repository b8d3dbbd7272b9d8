import { describe, expect, test } from 'vitest';

import { demoAccounts } from '../accounts/demo-accounts.js';
import {
  HOUR,
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
import { bearer, codeOf } from '../testing/setup.js';

describe('the devices that keep titles', () => {
  const limited = () => startOffline({ plans: { premium: { offlineDevices: 2 } } });

  test('are as many as the plan says, each with as many titles as it likes', async () => {
    const server = limited();
    const token = await server.signIn('premium');
    const open = async (deviceId: string) => askOffline(server, token, { contentId: 'film', deviceId });
    for (const deviceId of ['phone', 'tablet', 'phone']) expect(await open(deviceId)).toBe(201);
    expect(await open('laptop')).toBe('device-limit-reached');

    const { licenses } = await listOffline(server, token);
    for (const { handle } of licenses.filter(({ deviceId }) => deviceId === 'phone')) {
      expect(await open('laptop')).toBe('device-limit-reached');
      await revokeOffline(server, token, handle);
    }
    expect(await open('laptop')).toBe(201);
  });

  test('are never more, however many come at once', async () => {
    const server = limited();
    const token = await server.signIn('premium');
    const codes = await Promise.all(
      Array.from({ length: 20 }, async (_, index) =>
        askOffline(server, token, { contentId: 'film', deviceId: `d${index}` }),
      ),
    );
    expect(codes.filter((code) => code === 201)).toHaveLength(2);
  });

  test('lose their place when their license expires, and have to find another to renew it', async () => {
    const server = limited();
    const token = await server.signIn('premium');
    const { id } = await server.openOffline(token, { contentId: 'film', deviceId: 'old' });
    server.advance(TERM);
    for (const deviceId of ['a', 'b']) await server.openOffline(token, { contentId: 'film', deviceId });
    expect(await renewalCode(server, id)).toBe('device-limit-reached');
    expect((await checkOffline(server, id)).status).toBe('expired');
  });

  test('count as devices of the account', async () => {
    const server = startOffline({ plans: { premium: { devices: 1 } } });
    const token = await server.signIn('premium');
    await server.openOffline(token, { contentId: 'film', deviceId: 'phone' });
    expect(await askOffline(server, token, { contentId: 'film', deviceId: 'tv' })).toBe(
      'device-limit-reached',
    );
  });
});

describe('a device', () => {
  test('that the owner removes loses what it keeps, and no other does', async () => {
    const server = startOffline();
    const [owner, other] = [await server.signIn('premium'), await server.signIn('basic')];
    const open = async (token: string, deviceId: string) =>
      (await server.openOffline(token, { contentId: 'film', deviceId })).id;
    const lost = [await open(owner, 'phone'), await open(owner, 'phone')];
    const kept = [await open(owner, 'tablet'), await open(other, 'phone')];

    const removal = { method: 'DELETE', headers: bearer(owner) };
    for (let time = 0; time < 2; time += 1)
      expect(await codeOf(await server.get('/v1/devices/phone', removal))).toBe(204);
    for (const id of lost) expect(await renewalCode(server, id)).toBe('offline-license-revoked');
    for (const id of kept) expect(await renewalCode(server, id)).toBe(200);
  });

  test('learns that its license was revoked, for good', async () => {
    const server = startOffline();
    const token = await server.signIn('premium');
    const { id, handle } = await server.openOffline(token);
    server.advance(5);
    for (let time = 0; time < 2; time += 1) expect(await revokeOffline(server, token, handle)).toBe(204);

    expect(await checkOffline(server, id)).toMatchObject({
      handle,
      status: 'revoked',
      endedAt: server.now(),
      renewable: false,
      serverTime: server.now(),
    });
    expect(await renewalCode(server, id)).toBe('offline-license-revoked');
    expect((await listOffline(server, token)).licenses[0]?.status).toBe('revoked');
  });

  test('renews without a sign-in, before and after the end', async () => {
    const server = startOffline();
    const token = await server.signIn('premium');
    const { id } = await server.openOffline(token);
    await server.get('/v1/logout', { method: 'POST', headers: bearer(token) });

    for (const seconds of [HOUR, TERM + 1]) {
      server.advance(seconds);
      const answer = await renewOffline(server, id);
      expect(answer).toMatchObject({ id, expiresAt: server.now() + TERM * 1000, serverTime: server.now() });
      expect(answer.source.drm).toEqual({
        'org.w3.clearkey': { licenseUrl: `/license/clearkey?offline=${id}` },
      });
    }
    expect(await checkOffline(server, id)).toMatchObject({ status: 'active', renewedAt: server.now() });
  });

  test('does not renew what its account may not watch any more', async () => {
    const subscriptionEndsAt = Date.UTC(2026, 0, 2);
    const accounts = demoAccounts().map((account) => ({ ...account, subscriptionEndsAt }));
    const server = startOffline({ accounts });
    const { id, expiresAt } = await server.openOffline(await server.signIn('premium'));
    expect(expiresAt).toBe(subscriptionEndsAt);
    server.advance(24 * HOUR);
    expect(await renewalCode(server, id)).toBe('subscription-expired');
    expect(await checkOffline(server, id)).toMatchObject({ status: 'expired', renewable: true });
  });

  test.each([
    ['now', undefined, 10 * HOUR],
    ['a while ago', 7 * HOUR, 7 * HOUR],
    ['before it had the license, which cannot be', -HOUR, 0],
    ['later than now, which cannot be', 99 * HOUR, 10 * HOUR],
  ])('says that the first play began %s, and shortens its window by that', async (_, said, counted) => {
    const windowed = { ...KEPT, policy: { ...KEPT.policy, playbackDurationSeconds: 30 * HOUR } };
    const server = startOffline({ titles: [windowed] });
    const opened = await server.openOffline(await server.signIn('premium'));
    const begin = server.now();
    expect(opened).toMatchObject({ playWithinSeconds: 30 * HOUR });
    server.advance(10 * HOUR);
    const at = said === undefined ? undefined : begin + said * 1000;

    const firstPlayedAt = begin + counted * 1000;
    const expected = { firstPlayedAt, playWithinSeconds: null, expiresAt: firstPlayedAt + 30 * HOUR * 1000 };
    expect(await reportPlay(server, opened.id, at)).toMatchObject(expected);
    // Another report changes nothing, and a renewal begins another window.
    expect(await reportPlay(server, opened.id, begin + 1)).toMatchObject(expected);
    expect(await renewOffline(server, opened.id)).toMatchObject({ playWithinSeconds: 30 * HOUR });
  });

  test('says it without a body too', async () => {
    const server = startOffline();
    const { id } = await server.openOffline(await server.signIn('premium'));
    const answer = await server.get(`/v1/offline-licenses/${id}/plays`, { method: 'POST' });
    expect(await answer.json()).toMatchObject({ firstPlayedAt: server.now() });
  });
});
